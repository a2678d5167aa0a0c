import { useId, useState, type KeyboardEvent, type ReactNode, type Ref } from "react";
import { Icon } from "./Icon";
import "./Combobox.css";

/** One thing to pick. */
export interface Option {
  id: string;
  content: ReactNode;
  /** What stands at the right: a number, a key. */
  hint?: ReactNode;
  pick: () => void;
}

/** Options under a common head. */
export interface OptionGroup {
  head: string;
  options: Option[];
}

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  groups: OptionGroup[];
  /** Enter while nothing is picked out. */
  onSubmit?: () => void;
  placeholder?: string;
  big?: boolean;
  /** The list is always open, as in the palette, rather than under a field of the page. */
  open?: boolean;
  keyHint?: string;
  inputRef?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
}

/** A field with a list under it: the focus stays in the field, the arrows move through the list. */
export function Combobox({ label, value, onChange, groups, onSubmit, placeholder, big = false, open, keyHint, inputRef, autoFocus = false }: Props) {
  const id = useId();
  const [focused, setFocused] = useState(false);
  const [at, setAt] = useState(-1);
  const options = groups.flatMap((group) => group.options);
  const shown = (open ?? focused) && options.length > 0;
  const active = shown ? options[at] : undefined;

  const pick = (option: Option) => {
    setAt(-1);
    setFocused(false);
    option.pick();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && options.length > 0) {
      event.preventDefault();
      setFocused(true);
      setAt((before) => (before + step + options.length + (before < 0 && step < 0 ? 1 : 0)) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (active) pick(active);
      else {
        setFocused(false);
        onSubmit?.();
      }
    } else if (event.key === "Escape" && open === undefined) {
      if (shown) setFocused(false);
      else event.currentTarget.blur();
    }
  };

  return (
    <div className={big ? "combo big-combo" : "combo"}>
      <label className="vh" htmlFor={id}>
        {label}
      </label>
      <Icon name="search" />
      <input
        id={id}
        ref={inputRef}
        role="combobox"
        type="text"
        inputMode="search"
        autoComplete="off"
        autoFocus={autoFocus}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active ? `${id}-${active.id}` : undefined}
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          setAt(-1);
          setFocused(true);
          onChange(event.target.value);
        }}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
      />
      {keyHint && !focused && (
        <kbd className="combo-key" aria-hidden="true">
          {keyHint}
        </kbd>
      )}
      <div id={`${id}-list`} role="listbox" aria-label={label} className={open ? "combo-list open-list" : "combo-list menu"} hidden={!shown}>
        {groups.map((group) => group.options.length > 0 && <Group key={group.head} group={group} id={id} active={active} pick={pick} />)}
      </div>
    </div>
  );
}

function Group({ group, id, active, pick }: { group: OptionGroup; id: string; active: Option | undefined; pick: (option: Option) => void }) {
  return (
    <div role="group" aria-label={group.head}>
      <div className="menu-head" aria-hidden="true">
        {group.head}
      </div>
      {group.options.map((option) => (
        <div
          key={option.id}
          id={`${id}-${option.id}`}
          role="option"
          aria-selected={option === active}
          className={option === active ? "menu-item on" : "menu-item"}
          ref={option === active ? (node) => node?.scrollIntoView({ block: "nearest" }) : undefined}
          onMouseDown={(event) => {
            event.preventDefault();
            pick(option);
          }}
        >
          {option.content}
          {option.hint !== undefined && <span className="push menu-hint">{option.hint}</span>}
        </div>
      ))}
    </div>
  );
}
