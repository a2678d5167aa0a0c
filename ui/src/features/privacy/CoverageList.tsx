import { number } from "~/shared/format/number";
import { share } from "~/shared/format/share";
import { Unknown } from "~/shared/ui/Hatch";
import { Tag } from "~/shared/ui/Seal";
import { Empty } from "~/shared/ui/states";
import type { Coverage } from "./model";

/** How much of each source can be seen: what the log lets understand, what was sampled, and where requests can erase. */
export function CoverageList({ coverage }: { coverage: Coverage[] }) {
  if (coverage.length === 0) return <Empty head="No source is connected">Nothing can be said about personal data before a crawl.</Empty>;
  return (
    <ul className="coverage">
      {coverage.map((each) => (
        <li key={each.source}>
          <span className="strong">{each.source}</span>
          <span className={each.parsed === null ? "coverage-bar meter-unknown" : "coverage-bar"} aria-hidden="true">
            {each.parsed !== null && <i style={{ width: `${each.parsed * 100}%` }} />}
          </span>
          <span className="coverage-words small">
            {each.parsed === null ? <Unknown>reads unknown</Unknown> : <span className="soft">{share(each.parsed)} of its statements understood</span>}
            <span className="muted">
              {each.sampled === each.datasets ? `all ${number(each.datasets)} tables sampled` : `${number(each.sampled)} of ${number(each.datasets)} tables sampled`}
            </span>
            {each.unread > 0 && <Unknown>{each.unread === 1 ? "the rows of one table cannot all be read" : `the rows of ${number(each.unread)} tables cannot all be read`}</Unknown>}
          </span>
          <span className="coverage-erase">{each.erasable ? <Tag tone="ok">can erase</Tag> : <Tag tone="unknown">cannot erase</Tag>}</span>
          {(each.parsed === null || !each.erasable) && <span className="coverage-detail small muted">{each.detail}</span>}
        </li>
      ))}
    </ul>
  );
}
