import { pathOf, saidName, type Named } from "~/shared/asset/naming";
import { Button } from "~/shared/ui/Button";
import { Combobox } from "~/shared/ui/Combobox";
import { Name } from "~/shared/ui/Name";
import { Popover } from "~/shared/ui/Popover";

/** What the search for the other end of a way needs; the page asks for the names. */
export interface WayEnd {
  text: string;
  onText: (text: string) => void;
  found: (Named & { id: string })[];
  /** The asset to which a way is shown. */
  chosen?: Named;
  onChoose: (id: string | undefined) => void;
}

/** To which other asset a way is looked for. */
export function WayTools({ end: { text, onText, found, chosen, onChoose } }: { end: WayEnd }) {
  return (
    <Popover word={chosen ? `Way to ${saidName(chosen)}` : "Way to …"} label="A way to another asset" on={chosen !== undefined}>
      {(close) => {
        const choose = (id: string | undefined) => {
          close();
          onText("");
          onChoose(id);
        };
        return (
          <>
            <Combobox
              label="The other end of the way"
              value={text}
              onChange={onText}
              groups={[{ head: "Way to", options: found.map((asset) => ({ id: asset.id, content: <Name name={asset.short} path={pathOf(asset)} />, pick: () => choose(asset.id) })) }]}
              onSubmit={() => found[0] && choose(found[0].id)}
              placeholder="Table, view, dashboard"
              open
              autoFocus
            />
            {text.trim().length > 1 && found.length === 0 && <p className="small muted">Nothing that can be traced begins with “{text.trim()}”.</p>}
            {chosen && (
              <Button small onClick={() => choose(undefined)}>
                Show everything around it again
              </Button>
            )}
          </>
        );
      }}
    </Popover>
  );
}
