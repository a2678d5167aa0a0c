import { useState } from "react";
import { AssetLink } from "~/shared/asset/AssetLink";
import { Button } from "~/shared/ui/Button";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Section } from "~/shared/ui/Section";
import { Empty } from "~/shared/ui/states";
import { Time } from "~/shared/ui/Time";
import { scopeWords, type Subscription, type Wish } from "./model";
import { WishForm } from "./WishForm";

interface Props {
  subscriptions: Subscription[];
  /** `done` is called once the wish is kept; until then nothing typed is lost. */
  onSubscribe: (wish: Wish, done: () => void) => void;
  onEnd: (id: string) => void;
  busy: boolean;
}

/** Of what the reader is told, where to, and whether it arrived. */
export function Subscriptions({ subscriptions, onSubscribe, onEnd, busy }: Props) {
  const [asked, ask] = useState(false);
  return (
    <Section
      head="What you are told"
      caption="By e-mail to your own address, or by a webhook that the server knows."
      aside={
        <Button small onClick={() => ask(true)}>
          Subscribe …
        </Button>
      }
    >
      {subscriptions.length === 0 ? (
        <Empty head="You follow nothing yet">Subscribe to a table, a zone, an owner, or everything: breaking changes, incidents and failed checks then come to you.</Empty>
      ) : (
        <DataTable label="Your subscriptions" columns={looks(onEnd)} rows={subscriptions} rowKey={({ id }) => id} />
      )}
      {asked && (
        <WishForm
          busy={busy}
          onClose={() => ask(false)}
          onSubscribe={(wish) => onSubscribe(wish, () => ask(false))}
        />
      )}
    </Section>
  );
}

const states: Record<string, [word: string, tone: string]> = { waiting: ["nothing sent yet", "soft"], delivered: ["delivered", "good"], failing: ["failing", "bad"] };

function looks(onEnd: (id: string) => void): Column<Subscription>[] {
  return [
    { id: "of", head: "Of", cell: (each) => (each.asset ? <AssetLink asset={each.asset} /> : scopeWords(each)) },
    { id: "kinds", head: "When", label: "When", cell: ({ kinds }) => kinds.join(", ") },
    { id: "to", head: "To", label: "To", cell: ({ channel, hook }) => (channel === "mail" ? "your e-mail" : <code>{hook}</code>) },
    { id: "state", head: "State", label: "State", cell: (each) => <State subscription={each} /> },
    {
      id: "end",
      head: <span className="vh">End</span>,
      cell: (each) => (
        <Button small aria-label={`End the subscription of ${scopeWords(each)}`} onClick={() => onEnd(each.id)}>
          End
        </Button>
      ),
    },
  ];
}

function State({ subscription: { state, lastSent, problem } }: { subscription: Subscription }) {
  const [word, tone] = states[state] ?? [state, ""];
  return (
    <span>
      <span className={tone}>{word}</span> {lastSent && <Time at={lastSent} />}
      {problem && <span className="sub">{problem}</span>}
    </span>
  );
}
