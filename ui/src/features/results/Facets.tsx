import { useState } from "react";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Facet } from "~/shared/ui/Facet";
import { Icon } from "~/shared/ui/Icon";
import { useMedia } from "~/shared/ui/useMedia";
import type { FacetKey } from "~/shared/search/facets";
import type { FacetView } from "./model";

interface Props {
  facets: FacetView[];
  onToggle: (key: FacetKey, value: string) => void;
}

/** The ways to narrow: a column at the left, on a phone a row of buttons that open sheets. */
export function Facets({ facets, onToggle }: Props) {
  const narrow = useMedia("(max-width: 860px)");
  if (narrow) return <Sheets facets={facets} onToggle={onToggle} />;
  return (
    <aside className="facets" aria-label="Narrow">
      {facets.map(({ key, name, values }) => (
        <Facet key={key} name={name} values={values} onToggle={(value) => onToggle(key, value)} />
      ))}
    </aside>
  );
}

function Sheets({ facets, onToggle }: Props) {
  const [open, setOpen] = useState<FacetKey | null>(null);
  const shown = facets.find(({ key }) => key === open);
  return (
    <aside className="facet-buttons" aria-label="Narrow">
      {facets.map(({ key, name, values }) => {
        const on = values.filter((value) => value.on).length;
        return (
          <Button key={key} onClick={() => setOpen(key)}>
            {name}
            {on > 0 && ` ${on}`}
            <Icon name="down" />
          </Button>
        );
      })}
      <Dialog open={shown !== undefined} onClose={() => setOpen(null)} title={shown?.name ?? ""} actions={<Button onClick={() => setOpen(null)}>Show the list</Button>}>
        {shown && <Facet name={shown.name} values={shown.values} onToggle={(value) => onToggle(shown.key, value)} />}
      </Dialog>
    </aside>
  );
}
