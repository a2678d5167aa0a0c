import { Link } from "@tanstack/react-router";
import { AssetLink } from "~/shared/asset/AssetLink";
import { trustValue } from "~/shared/asset/trustValue";
import { language } from "~/shared/format/name";
import { buttonClass } from "~/shared/ui/Button";
import { CopyButton } from "~/shared/ui/CopyButton";
import { Icon } from "~/shared/ui/Icon";
import { broken } from "~/shared/ui/sqlClauses";
import { Strip } from "~/shared/ui/Strip";
import { trustSentence } from "~/shared/ui/trust";
import type { Card } from "./model";
import "./AnswerCard.css";

/** The answer, when there is one without guessing: what the word means, what to query, what to look at, what not to use. */
export function AnswerCard({ card }: { card: Card }) {
  const { term, table } = card;
  const head = term ?? table;
  if (!head) return null;
  return (
    <section className="answer-card" aria-label="Answer">
      <div className="answer-top">
        <span className="answer-flag">Answer</span>
        <span className="small">{standing(card)}</span>
      </div>
      <div className="answer-body">
        <p className="answer-term row">
          <AssetLink asset={head} />
          {term?.term?.synonyms.slice(0, 3).map((synonym) => (
            <span key={synonym} className="muted small" lang={language(synonym)}>
              {synonym}
            </span>
          ))}
        </p>
        <p className="lead">{term?.term?.definition ?? table?.description}</p>
        <Uses card={card} />
        {card.warnings.map((warning) => (
          <p key={warning} className="small late row tight">
            <Icon name="warn" />
            {warning}
          </p>
        ))}
        {card.notAsset && (
          <p className="small soft">
            <b>Not</b> <AssetLink asset={card.notAsset} className="" />: {card.notInstead}
          </p>
        )}
        <Actions card={card} />
      </div>
    </section>
  );
}

function standing({ term, table }: Card): string {
  const by = table?.certification?.valid ? `certified by ${table.certification.byName}` : "";
  const canonical = term ? "canonical for this term" : "";
  return [by, canonical].filter(Boolean).join(", and ");
}

function Uses({ card: { table, tableFacts, dashboard, dashboardFacts } }: { card: Card }) {
  return (
    <div className="answer-uses">
      {table && (
        <div>
          <span className="cap">Query</span>
          <span className="answer-name">
            <AssetLink asset={table} />
          </span>
          <Facts facts={tableFacts} />
        </div>
      )}
      {dashboard && (
        <div>
          <span className="cap">Look at</span>
          <span className="answer-name">
            <AssetLink asset={dashboard} />
          </span>
          <Facts facts={dashboardFacts} />
        </div>
      )}
      {table && <AnswerTrust table={table} />}
    </div>
  );
}

function Facts({ facts }: { facts: string[] }) {
  return (
    <ul className="answer-facts">
      {facts.slice(0, 3).map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

function AnswerTrust({ table }: { table: NonNullable<Card["table"]> }) {
  const trust = trustValue(table.trust);
  const known = Math.round(trust.known * 100);
  return (
    <div className="answer-trust" role="img" aria-label={trustSentence(trust)}>
      <span className="cap">Trust</span>
      <span className="answer-number">{trust.score ?? "?"}</span>
      <Strip trust={trust} width={124} height={28} />
      <span className="small muted">{known < 100 ? `of ${known} % known` : "all signals known"}</span>
    </div>
  );
}

function Actions({ card: { table, term } }: { card: Card }) {
  const starter = table?.queries[0]?.sql;
  return (
    <div className="row">
      {table && (
        <Link to="/asset/$urn" params={{ urn: table.id }} className={buttonClass({ look: "go" })}>
          Open {table.short}
        </Link>
      )}
      {starter && (
        <CopyButton text={broken(starter)} what="a starter query">
          Copy a starter query
        </CopyButton>
      )}
      {term && (
        <Link to="/asset/$urn" params={{ urn: term.id }} className={buttonClass({ look: "plain" })}>
          How the term is defined
        </Link>
      )}
    </div>
  );
}
