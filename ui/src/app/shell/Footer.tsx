import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { number } from "~/shared/format/number";
import { clock } from "~/shared/format/time";
import { meQuery } from "~/shared/me/queries";
import { Unknown } from "~/shared/ui/Hatch";
import { Time } from "~/shared/ui/Time";
import "./Footer.css";

/** How current everything on the page is, what is not known, and the way to the manual. */
export function Footer({ onKeys }: { onKeys: () => void }) {
  const { data, isError } = useQuery(meQuery);
  const status = data?.status;
  return (
    <footer className="foot">
      {isError && <span className="late">The server does not answer. What you see stays as it was.</span>}
      {status && (
        <>
          <span>
            Catalog as of <Time at={status.at} say={clock} />, change {number(status.change)}
          </span>
          <span>{status.searchComplete ? "Search complete" : "Search is catching up"}</span>
          {status.problems.map((each) => (
            <span key={each} className="late">
              {each}
            </span>
          ))}
          {status.unknowns.map((each) => (
            <Unknown key={each}>{each}</Unknown>
          ))}
        </>
      )}
      <span className="push row wide">
        <button type="button" className="foot-keys" onClick={onKeys}>
          Keys
        </button>
        <Link to="/help/$page" params={{ page: "architecture" }}>
          Help
        </Link>
        <Link to="/help/$page" params={{ page: "api" }}>
          API
        </Link>
      </span>
    </footer>
  );
}
