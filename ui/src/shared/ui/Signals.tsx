import { Meter } from "./Meter";
import type { Signal } from "./trust";
import "./Signals.css";

const words: Record<string, string> = {
  usage: "Usage",
  certification: "Certified",
  freshness: "Fresh",
  checks: "Checks",
  consumers: "Consumers",
  owner: "Owner",
  documents: "Documents",
};

/** The seven facts behind a trust score, one line each, with the value as a bar. */
export function Signals({ signals }: { signals: Signal[] }) {
  return (
    <table className="signals">
      <tbody>
        {signals.map((signal) => (
          <tr key={signal.key}>
            <th scope="row">{words[signal.key] ?? signal.key}</th>
            <td className={signal.value === null ? "muted" : "soft"}>{signal.text}</td>
            <td className="signal-bar">
              <Meter value={signal.value} tone="trust" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
