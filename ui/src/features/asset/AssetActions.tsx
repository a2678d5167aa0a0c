import * as Radix from "@radix-ui/react-dropdown-menu";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { isTrusted, saidName } from "~/shared/asset/naming";
import { month } from "~/shared/format/time";
import { useKeys } from "~/shared/keys/useKeys";
import { Button, buttonClass } from "~/shared/ui/Button";
import { copyText } from "~/shared/ui/CopyButton";
import { Icon } from "~/shared/ui/Icon";
import { broken } from "~/shared/ui/sqlClauses";
import { CertifyDialog, DeprecateDialog, DescribeDialog } from "./AssetDialogs";
import { OpenIncidentDialog } from "./IncidentDialogs";
import { isJudged, type Asset } from "./model";
import { SlaDialog } from "./SlaDialog";
import { useCertify, useDeprecate, useFollow } from "./queries";

type Open = "certify" | "deprecate" | "describe" | "promise" | "report" | null;

/** What one can do with an asset. What can be undone is done at once and offers Undo. */
export function AssetActions({ asset, may }: { asset: Asset; may: (action: string) => boolean }) {
  const [open, setOpen] = useState<Open>(null);
  const name = saidName(asset);
  const starter = asset.queries[0]?.sql;
  const copyName = () => void copyText(asset.name, name);
  useKeys([{ keys: "y", does: "Copy full name", run: copyName }]);
  return (
    <>
      <Button icon="copy" onClick={copyName}>
        Copy name
      </Button>
      <Follow asset={asset} />
      {(may("edit") || may("certify")) && <Change asset={asset} may={may} onOpen={setOpen} />}
      {starter && (
        <Button look="go" onClick={() => void copyText(broken(starter), "the starter query")}>
          Query it
        </Button>
      )}
      {open === "certify" && <CertifyDialog asset={asset} onClose={() => setOpen(null)} />}
      {open === "deprecate" && <DeprecateDialog asset={asset} onClose={() => setOpen(null)} />}
      {open === "promise" && <SlaDialog asset={asset} onClose={() => setOpen(null)} />}
      {open === "report" && <OpenIncidentDialog asset={asset} onClose={() => setOpen(null)} />}
      {open === "describe" && <DescribeDialog asset={asset} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Following is done here; what one follows is listed, and ended, on the page of changes. */
function Follow({ asset }: { asset: Asset }) {
  const follow = useFollow(saidName(asset));
  if (!isTrusted(asset)) return null;
  if (asset.followed) {
    return (
      <Link to="/changes" className={buttonClass({ look: "plain" })}>
        Following
      </Link>
    );
  }
  return (
    <Button busy={follow.isPending} onClick={() => follow.mutate(asset.id)}>
      Follow
    </Button>
  );
}

function Change({ asset, may, onOpen }: { asset: Asset; may: (action: string) => boolean; onOpen: (open: Open) => void }) {
  const certify = useCertify();
  const deprecate = useDeprecate();
  const { certification, deprecation } = asset;
  const name = saidName(asset);
  const uncertify = () =>
    certify.mutate({
      variables: { id: asset.id },
      said: `${name} is no longer certified.`,
      undo: { id: asset.id, until: certification?.until },
    });
  const undeprecate = () =>
    deprecate.mutate({
      variables: { id: asset.id },
      said: `${name} may be used again.`,
      undo: { id: asset.id, note: deprecation?.note, replacement: deprecation?.replacement?.id },
    });
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger className={buttonClass()}>
        Change <Icon name="down" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          {may("edit") && <Item onSelect={() => onOpen("describe")}>Describe …</Item>}
          {may("certify") && <Item onSelect={() => onOpen("certify")}>Certify …</Item>}
          {may("certify") && certification && <Item onSelect={uncertify}>Take the certificate away{certification.until && ` (${month(certification.until)})`}</Item>}
          {may("certify") && isJudged(asset) && <Item onSelect={() => onOpen("promise")}>Promise …</Item>}
          {may("edit") && isJudged(asset) && <Item onSelect={() => onOpen("report")}>Report a problem …</Item>}
          {may("edit") && !deprecation && <Item onSelect={() => onOpen("deprecate")}>Deprecate …</Item>}
          {may("edit") && deprecation && <Item onSelect={undeprecate}>Take the deprecation back</Item>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <Radix.Item className="menu-item" onSelect={onSelect}>
      {children}
    </Radix.Item>
  );
}
