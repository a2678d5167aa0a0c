import "./Icon.css";

const shapes = {
  table: <path d="M2 3h12v10H2zM2 6.5h12M2 9.8h12M6.5 6.5V13" />,
  view: (
    <>
      <path d="M2 3h12v10H2z" strokeDasharray="2.4 2" />
      <path d="M5 6.5h6M5 9.5h4" />
    </>
  ),
  dashboard: <path d="M2 13.5h12M4 13V8M8 13V3M12 13V6" strokeWidth="2" />,
  pipeline: (
    <>
      <circle cx="3.5" cy="8" r="2" />
      <circle cx="12.5" cy="8" r="2" />
      <path d="M5.5 8h5" />
    </>
  ),
  model: <path d="M8 2l5 3v6l-5 3-5-3V5zM8 8v6M8 8l5-3M8 8L3 5" />,
  term: <path d="M3 2.5h8.5a1.5 1.5 0 011.5 1.5v9.5H4.5A1.5 1.5 0 013 12zM6 6h4M6 8.6h2.5" />,
  file: <path d="M4 2h5l3 3v9H4zM9 2v3h3" />,
  domain: <path d="M2.5 5.5L8 2.5l5.500 3-5.500 3zM2.500 8.500l5.500 3 5.500-3M2.500 11.500l5.500 3 5.500-3" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.4" />
      <path d="M10.4 10.4L14 14" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  full: <circle cx="8" cy="8" r="6" className="filled" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <path d="M8 2.6a5.4 5.4 0 000 10.8z" className="filled" />
    </>
  ),
  hollow: <circle cx="8" cy="8" r="5.4" />,
  arrow: <path d="M2.500 8H13M9.500 4.500L13 8l-3.500 3.500" />,
  down: <path d="M4 6.5l4 4 4-4" />,
  right: <path d="M6.5 4l4 4-4 4" />,
  close: <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />,
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  minus: <path d="M3.5 8h9" />,
  fit: <path d="M2.500 6V2.500H6M10 2.500h3.500V6M13.500 10v3.500H10M6 13.500H2.500V10" />,
  copy: <path d="M5.5 5.5h8v8h-8zM10.5 5.500v-3h-8v8h3" />,
  lock: <path d="M3.5 7.5h9v6h-9zM5.500 7.500V5a2.500 2.500 0 015 0v2.500" />,
  warn: <path d="M8 2.2L14.500 13.500h-13zM8 6.500v3.200M8 11.300v.6" />,
  check: <path d="M3 8.500l3.200 3.200L13 4.600" strokeWidth="1.8" />,
  bell: <path d="M3.500 11.500c1.200-1 1-2.500 1-4.500a3.500 3.500 0 017 0c0 2-.2 3.500 1 4.500zM6.800 13.800h2.400" />,
  person: (
    <>
      <circle cx="8" cy="5.5" r="2.8" />
      <path d="M2.800 14c.4-3 2.400-4.400 5.200-4.400s4.800 1.400 5.200 4.400" />
    </>
  ),
  menu: <path d="M2 4.500h12M2 8h12M2 11.500h12" />,
  stop: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M4 12l8-8" />
    </>
  ),
  seal: (
    <>
      <path className="filled faint" d="M8 .7l1.7 1.4 2.200-.3.9 2.100 1.900 1.100-.5 2.300.9 2.100-1.700 1.500-.4 2.200-2.200.3L8.900 15l-2.100-.8-2.200.5-1.300-1.800-2.100-.7-.1-2.300L0 8.200l1.200-1.900L.8 4.100l2-1.100L4 1.200l2.200.5z" />
      <path d="M4.500 8.200l2.500 2.500 4.700-5.300" strokeWidth="1.9" />
    </>
  ),
};

/** The name of one of the line icons, 16 px each. */
export type IconName = keyof typeof shapes;

/** A small line icon. It never stands alone: a word says the same beside it, or the button's label does. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg className={`icon ${className}`} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}
