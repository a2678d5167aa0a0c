import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { kindOf, pathOf } from "~/shared/asset/naming";
import { month } from "~/shared/format/time";
import { MarkChip } from "~/shared/review/MarkChip";
import { Kind } from "~/shared/ui/Kind";
import { Name } from "~/shared/ui/Name";
import { PageHead } from "~/shared/ui/PageHead";
import { PersonalChip } from "~/shared/ui/PersonalChip";
import { Seal, Tag } from "~/shared/ui/Seal";
import { marksOf, type Asset, type AssetColumn } from "./model";

/** Path, headword, standing, actions. */
export function AssetTop({ asset, columns, actions }: { asset: Asset; columns: AssetColumn[]; actions: ReactNode }) {
  return (
    <PageHead
      crumbs={<Crumbs asset={asset} />}
      title={<Name name={asset.person?.display || asset.short} path={asset.person ? "" : pathOf(asset)} old={asset.deprecation !== null} />}
      marks={<Marks asset={asset} columns={columns} />}
      actions={actions}
    />
  );
}

function Crumbs({ asset }: { asset: Asset }) {
  const parts = asset.type === "dataset" ? asset.path.split(".").filter(Boolean) : [];
  return (
    <nav className="crumbs" aria-label="Path">
      <Kind kind={kindOf(asset)} />
      {asset.platform && (
        <>
          <span aria-hidden="true">|</span>
          <Link to="/search" search={{ system: asset.platform }}>
            {asset.platform}
          </Link>
        </>
      )}
      {parts.map((part, index) => (
        <span key={part + index} className="row tight">
          <span aria-hidden="true">/</span>
          {index === parts.length - 1 ? (
            <Link to="/search" search={{ zone: asset.zone }}>
              {part}
            </Link>
          ) : (
            part
          )}
        </span>
      ))}
    </nav>
  );
}

function Marks({ asset, columns }: { asset: Asset; columns: AssetColumn[] }) {
  const { certification, deprecation, terms, domain, tags } = asset;
  const { settled, open } = marksOf(columns);
  return (
    <>
      {certification?.valid && (
        <Seal>
          Certified by {certification.byName}
          {certification.until && ` until ${month(certification.until)}`}
        </Seal>
      )}
      {certification && !certification.valid && <Tag tone="late">certificate out</Tag>}
      {deprecation && <Tag tone="late">deprecated</Tag>}
      {terms.map((term) => (
        <Link key={term.id} to="/asset/$urn" params={{ urn: term.id }} className="term">
          {term.short}
        </Link>
      ))}
      {domain && (
        <Link to="/asset/$urn" params={{ urn: domain.id }} className="small">
          {domain.short}
        </Link>
      )}
      {tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {settled.map((mark) => (
        <MarkChip key={mark.class} mark={mark} />
      ))}
      {open > 0 && (
        <Link to="/asset/$urn" params={{ urn: asset.id }} search={{ tab: "columns" }} className="bare" hash="tabs">
          <PersonalChip label={`${open} to review`} level="high" state="suggested" />
        </Link>
      )}
    </>
  );
}
