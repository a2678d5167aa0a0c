import { AssetLink } from "~/shared/asset/AssetLink";
import { isTrusted, kindOf } from "~/shared/asset/naming";
import { trustValue } from "~/shared/asset/trustValue";
import { language, sentence } from "~/shared/format/name";
import { count } from "~/shared/format/number";
import { MarkChip } from "~/shared/review/MarkChip";
import { Icon } from "~/shared/ui/Icon";
import { Kind } from "~/shared/ui/Kind";
import { Marked } from "~/shared/ui/Name";
import { Seal, Tag } from "~/shared/ui/Seal";
import { Trust } from "~/shared/ui/Trust";
import { nameRanges, textRanges, type Hit } from "./model";

interface Props {
  hit: Hit;
  chosen: boolean;
  onChoose: (hit: Hit) => void;
  onExplain: (hit: Hit) => void;
  onOpened: (hit: Hit) => void;
}

/** A hit: its name with what matched, its standing, one sentence, the reasons and penalties, its trust and kind. */
export function HitEntry({ hit, chosen, onChoose, onExplain, onOpened }: Props) {
  const { asset } = hit;
  return (
    <li className={chosen ? "hit chosen-hit" : "hit"} aria-current={chosen ? "true" : undefined} data-hit={asset.id} onClick={() => onChoose(hit)}>
      <span className="rank book" aria-hidden="true">
        {hit.rank}
      </span>
      <div className="hit-words">
        <div className="row tight hit-name">
          <h3 onClick={() => onOpened(hit)}>
            <AssetLink asset={asset} matched={nameRanges(hit)} old={asset.deprecation !== null} />
          </h3>
          <Standing hit={hit} />
        </div>
        {asset.description && (
          <p className="hit-text" lang={language(asset.description)}>
            <Marked text={asset.description} matched={textRanges(asset.description, hit, "description")} />
          </p>
        )}
        <Why hit={hit} />
        {asset.deprecation?.replacement && (
          <p className="small row tight hit-instead">
            <Icon name="arrow" />
            Use <AssetLink asset={asset.deprecation.replacement} className="strong" /> instead
          </p>
        )}
        <Similar hit={hit} />
      </div>
      <div className="hit-side">
        {isTrusted(asset) && <Trust trust={trustValue(asset.trust)} />}
        <Kind kind={kindOf(asset)} />
        <button type="button" className="link small hit-why" onClick={() => onExplain(hit)}>
          Why here
        </button>
      </div>
    </li>
  );
}

function Standing({ hit: { asset } }: { hit: Hit }) {
  return (
    <>
      {asset.certification?.valid && <Seal>{asset.certification.byName}</Seal>}
      {asset.certification && !asset.certification.valid && <Tag tone="late">certificate out</Tag>}
      {asset.deprecation && <Tag tone="late">deprecated</Tag>}
      {asset.personal.slice(0, 3).map((mark) => (
        <MarkChip key={mark.class + mark.state} mark={mark} />
      ))}
    </>
  );
}

function Why({ hit }: { hit: Hit }) {
  return (
    <p className="small soft">
      {hit.columns.length > 0 && (
        <>
          {hit.columns.length === 1 ? "Column " : "Columns "}
          {hit.columns.slice(0, 3).map((column, index) => (
            <span key={column}>
              {index > 0 && ", "}
              <code>
                <Marked text={column} matched={textRanges(column, hit, "columns")} />
              </code>
            </span>
          ))}
          {hit.reasons.length > 0 && "; "}
        </>
      )}
      {hit.columns.length > 0 ? hit.reasons.join(", ") : sentence(hit.reasons.join(", "))}
      {hit.penalties.map((penalty) => (
        <span key={penalty} className="penalty">
          {penalty}
        </span>
      ))}
    </p>
  );
}

function Similar({ hit: { similar } }: { hit: Hit }) {
  if (similar.length === 0) return null;
  return (
    <details className="similar" onClick={(event) => event.stopPropagation()}>
      <summary>
        <Icon name="right" />
        {count(similar.length, "similar table")}, folded under this one
      </summary>
      <ul>
        {similar.map((asset) => (
          <li key={asset.id}>
            <AssetLink asset={asset} />
            <span className="muted">{asset.freshness.detail}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
