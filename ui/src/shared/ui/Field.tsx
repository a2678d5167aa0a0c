import { useId, type HTMLInputTypeAttribute, type ReactNode } from "react";
import { Icon } from "./Icon";
import "./Field.css";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Why it is asked, or what to write. */
  hint?: ReactNode;
  /** What is wrong and what would be right. */
  error?: string;
  type?: HTMLInputTypeAttribute;
  lines?: number;
  placeholder?: string;
  autoComplete?: string;
}

/** A field: label above, help below, the error in its place. */
export function Field({ label, value, onChange, hint, error, type = "text", lines, placeholder, autoComplete = "off" }: Props) {
  const id = useId();
  const shared = {
    id,
    value,
    placeholder,
    autoComplete,
    className: error ? "input bad-input" : "input",
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error || hint ? `${id}-more` : undefined,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {lines ? <textarea rows={lines} {...shared} /> : <input type={type} {...shared} />}
      {error ? (
        <span className="field-error" id={`${id}-more`}>
          <Icon name="warn" />
          {error}
        </span>
      ) : (
        hint && (
          <span className="field-hint" id={`${id}-more`}>
            {hint}
          </span>
        )
      )}
    </div>
  );
}

/** One of a few values. */
export function Select({ label, value, onChange, options, hidden = false }: { label: string; value: string; onChange: (value: string) => void; options: [value: string, word: string][]; hidden?: boolean }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className={hidden ? "vh" : ""}>
        {label}
      </label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([each, word]) => (
          <option key={each} value={each}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A box to tick, with its words. */
export function Check({ checked, onChange, children, disabled = false }: { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode; disabled?: boolean }) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </label>
  );
}
