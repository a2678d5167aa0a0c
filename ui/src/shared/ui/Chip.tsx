import { Icon } from "./Icon";
import "./Chip.css";

/** A filter that is on, and the way to take it off. */
export function Chip({ children, onRemove }: { children: string; onRemove: () => void }) {
  return (
    <span className="chip">
      {children}
      <button type="button" aria-label={`Remove filter: ${children}`} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </span>
  );
}

/** A few choices side by side, one of them on. */
export function Segments({ label, options, chosen, onChoose }: { label: string; options: [id: string, word: string][]; chosen: string; onChoose: (id: string) => void }) {
  return (
    <span className="segments clips" role="group" aria-label={label}>
      {options.map(([id, word]) => (
        <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
          {word}
        </button>
      ))}
    </span>
  );
}
