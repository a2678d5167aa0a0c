import type { ReactNode } from "react";
import { clock, day } from "~/shared/format/time";
import { Button } from "~/shared/ui/Button";
import { Section } from "~/shared/ui/Section";
import { RunReport } from "./RunReport";
import { standing, type Run, type Source } from "./model";
import { UnderstoodBar } from "./UnderstoodBar";

const captions: Record<string, string> = {
  running: "It runs now; the numbers come as they are counted.",
  done: "Done: everything that was asked for was read.",
  partly: "Partly done: what is missing is said below.",
  failed: "Failed: what was known before stays.",
  "needs-you": "A person decides before anything is marked missing.",
};

/** One run by its phases, and how much of its source's statements is understood. */
export function ChosenRun({ run, source, onCrawl, busy, misreads }: { run: Run; source?: Source; onCrawl?: (source: string) => void; busy: boolean; misreads: ReactNode }) {
  const understood = run.understood ?? source?.understood ?? null;
  return (
    <>
      <Section
        head={`${run.source}, ${day(run.started)} ${clock(run.started)}`}
        caption={captions[standing(run.state)]}
        aside={
          onCrawl && (
            <Button small busy={busy} disabled={run.state === "running"} onClick={() => onCrawl(run.source)}>
              Run again
            </Button>
          )
        }
      >
        <RunReport run={run} />
      </Section>
      <Section head="Understood" caption={run.understood ? "The statements that this run read." : "All statements of this source that are kept."}>
        <UnderstoodBar understood={understood} />
      </Section>
      {understood && (
        <Section head="Not understood" caption="In the days that are kept, by reason. A statement may be understood later, when the schema of its tables arrives.">
          {misreads}
        </Section>
      )}
    </>
  );
}
