import { Link } from "@tanstack/react-router";
import { Icon } from "~/shared/ui/Icon";
import { kindIcon } from "~/shared/ui/Kind";
import { Name, type Range } from "~/shared/ui/Name";
import { kindOf, pathOf, type Named } from "./naming";

interface Props {
  asset: Named & { id: string };
  matched?: Range[];
  /** Draws the kind's icon before the name, where no word says the kind. */
  icon?: boolean;
  old?: boolean;
  /** Shows a tab, or a column, of the page it leads to. */
  tab?: string;
  col?: string;
  className?: string;
}

/** The name of an asset as a link to its page. */
export function AssetLink({ asset, matched, icon = false, old = false, tab, col, className = "bare" }: Props) {
  return (
    <>
      {icon && <Icon name={kindIcon(kindOf(asset))} className="inline" />}
      {icon && " "}
      <Link to="/asset/$urn" params={{ urn: asset.id }} search={{ tab, col }} className={className}>
        <Name name={asset.short} path={pathOf(asset)} matched={matched} old={old} />
      </Link>
    </>
  );
}
