import type { ReactNode } from "react";
import { count } from "~/shared/format/number";
import { list, toggled } from "~/shared/format/address";
import { Button } from "~/shared/ui/Button";
import { Chip, Segments } from "~/shared/ui/Chip";
import { Check, Select } from "~/shared/ui/Field";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Section } from "~/shared/ui/Section";
import { Empty } from "~/shared/ui/states";
import { Timeline } from "~/shared/ui/Timeline";
import { Entry } from "./Entry";
import { kinds, toneOf, usualDays, zonesOf, type FeedAddress, type Item } from "./model";

interface Props {
  items: Item[];
  total: number;
  address: FeedAddress;
  onChange: (change: Partial<FeedAddress>) => void;
  onMore?: () => void;
  loadingMore: boolean;
  subscriptions: ReactNode;
}

/** What changed, newest first, with whom it touches; and of what the reader wants to be told. */
export function FeedPage({ items, total, address, onChange, onMore, loadingMore, subscriptions }: Props) {
  const chosen = list(address.kinds);
  return (
    <Page title="What changed">
      <PageHead title="What changed" marks={<p className="soft">Schemas, deprecations, incidents and checks, with who stands downstream.</p>} />
      <Section head="Changes" caption={`${count(total, "change")}, newest first. Red can break what reads it.`}>
        <div className="stack wide">
          <div className="row wide no-print">
            <span className="row" role="group" aria-label="Kinds">
              {kinds.map(([kind, word]) => (
                <Check key={kind} checked={chosen.includes(kind)} onChange={() => onChange({ kinds: toggled(address.kinds, kind) })}>
                  {word}
                </Check>
              ))}
            </span>
            <Segments
              label="Of how many days"
              options={[
                ["7", "7 days"],
                ["30", "30 days"],
                ["90", "90 days"],
              ]}
              chosen={address.days ?? usualDays}
              onChoose={(days) => onChange({ days: days === usualDays ? undefined : days })}
            />
            <Check checked={address.followed === "yes"} onChange={(on) => onChange({ followed: on ? "yes" : undefined })}>
              only what I follow
            </Check>
            <Select label="Zone" hidden value={address.zone ?? ""} onChange={(zone) => onChange({ zone: zone || undefined })} options={[["", "Every zone"], ...zonesOf(items, address.zone).map((zone): [string, string] => [zone, zone])]} />
            {address.owner && <Chip onRemove={() => onChange({ owner: undefined })}>{`owner ${address.owner}`}</Chip>}
          </div>
          {items.length === 0 ? (
            <Empty head="Nothing changed">{address.followed ? "Nothing that you follow changed in these days. Below you say what you follow." : "Take more days, or more kinds."}</Empty>
          ) : (
            <Timeline happenings={items.map((item) => ({ id: `${item.change.number} ${item.change.text}`, at: item.change.at, tone: toneOf(item), what: <Entry item={item} /> }))} />
          )}
          {onMore && (
            <p>
              <Button small busy={loadingMore} onClick={onMore}>
                Show more
              </Button>
            </p>
          )}
        </div>
      </Section>
      {subscriptions}
    </Page>
  );
}
