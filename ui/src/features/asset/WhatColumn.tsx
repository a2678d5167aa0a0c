import type { ReactNode } from "react";
import { AssetLink } from "~/shared/asset/AssetLink";
import { language } from "~/shared/format/name";
import { count } from "~/shared/format/number";
import type { AssetNameFragment } from "~/shared/graphql/generated/operations";
import { Unknown } from "~/shared/ui/Hatch";
import { readBy, sizeOf, type Asset } from "./model";
import { StarterQuery } from "./StarterQuery";

/** What is it? Its definition, size and properties; for a term what it means, for a person who it is. Then how people query it. */
export function WhatColumn({ asset }: { asset: Asset }) {
  const definition = asset.term?.definition || asset.description;
  return (
    <div className="questions-what">
      <h2 className="q">{asset.person ? "Who is it?" : "What is it?"}</h2>
      {definition ? (
        <p className="lead" lang={language(definition)}>
          {definition}
        </p>
      ) : (
        !asset.person && (
          <p className="what-missing">
            <Unknown>not described yet</Unknown>
          </p>
        )
      )}
      <dl className="facts">
        <TermFacts asset={asset} />
        <PersonFacts asset={asset} />
        {asset.type === "dataset" && <Fact name="Size">{sizeOf(asset.stats) ?? <Unknown>the source does not say</Unknown>}</Fact>}
        {asset.properties.map(({ name, value }) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
        {asset.link && (
          <Fact name="Open in">
            <a href={asset.link} rel="noreferrer">
              {asset.platform}
            </a>
          </Fact>
        )}
        <Links name="Reads" assets={readBy(asset)} />
        {asset.type !== "dashboard" && <Links name="Seen on" assets={asset.dashboards} />}
      </dl>
      {asset.type === "dataset" && <StarterQuery asset={asset} />}
    </div>
  );
}

/** A few links, the rest counted. */
function Links({ name, assets }: { name: string; assets: AssetNameFragment[] }) {
  if (assets.length === 0) return null;
  return (
    <Fact name={name}>
      {assets.slice(0, 4).map((asset, index) => (
        <span key={asset.id}>
          {index > 0 && ", "}
          <AssetLink asset={asset} className="" />
        </span>
      ))}
      {assets.length > 4 && <span className="muted"> and {count(assets.length - 4, "more", "more")}</span>}
    </Fact>
  );
}

function TermFacts({ asset: { term } }: { asset: Asset }) {
  if (!term) return null;
  return (
    <>
      {term.formula && (
        <Fact name="Formula">
          <code>{term.formula}</code>
        </Fact>
      )}
      {term.synonyms.length > 0 && (
        <Fact name="Also">
          {term.synonyms.map((synonym, index) => (
            <span key={synonym} lang={language(synonym)}>
              {index > 0 && ", "}
              {synonym}
            </span>
          ))}
        </Fact>
      )}
    </>
  );
}

function PersonFacts({ asset: { person } }: { asset: Asset }) {
  if (!person) return null;
  return (
    <>
      {person.title && <Fact name="Title">{person.title}</Fact>}
      <Fact name="Account">
        {person.user}
        {person.service && ", a service"}
      </Fact>
      {person.email && <Fact name="E-mail">{person.email}</Fact>}
      {person.roles.length > 0 && <Fact name="Roles">{person.roles.join(", ")}</Fact>}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
