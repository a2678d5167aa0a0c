import type { ReactNode } from "react";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Tabs } from "~/shared/ui/Tabs";
import type { DiscoverAddress } from "./model";
import "./discovery.css";

interface Props {
  address: DiscoverAddress;
  onShow: (show: string) => void;
  onZone: (zone: string | undefined) => void;
  panels: Record<"used" | "rising" | "unused" | "morning", () => ReactNode>;
}

/** What real use tells: what people rely on, what they turn to, what nobody reads, what was dear. */
export function Discover({ address, onShow, onZone, panels }: Props) {
  const items = [
    { id: "used", word: "Most used", panel: panels.used },
    { id: "rising", word: "Rising", panel: panels.rising },
    { id: "unused", word: "Not read", panel: panels.unused },
    { id: "morning", word: "The morning list", panel: panels.morning },
  ];
  return (
    <Page title="What is used">
      <PageHead
        title="What is used"
        marks={<p className="soft">From the statements that people and programs ran, as far as logs are read.</p>}
        actions={
          address.zone && (
            <button type="button" className="link" onClick={() => onZone(undefined)}>
              {address.zone} alone: show every zone
            </button>
          )
        }
      />
      <Tabs label="What is used" items={items} chosen={address.show ?? "used"} onChoose={onShow} />
    </Page>
  );
}
