import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ManualQuery } from "~/shared/graphql/generated/operations";
import { Page } from "~/shared/ui/Page";
import { Empty } from "~/shared/ui/states";
import { html } from "./markdown";
import "./Help.css";

type ManualPage = ManualQuery["manual"][number];

/** The manual, the same text as `waymark help`: its pages in the margin, the chosen one beside. */
export function Help({ pages, chosen }: { pages: ManualPage[]; chosen: string }) {
  const page = pages.find((each) => each.name === chosen);
  return (
    <Page title={page?.title ?? "Help"}>
      <div className="help">
        <nav aria-label="Manual">
          <ul>
            {pages.map(({ name, title }) => (
              <li key={name}>
                <Link to="/help/$page" params={{ page: name }} className="bare" activeProps={{ className: "bare here", "aria-current": "page" }}>
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {page ? <Text text={page.text} /> : <NoPage name={chosen} />}
      </div>
    </Page>
  );
}

function Text({ text }: { text: string }) {
  const made = useMemo(() => ({ __html: html(text) }), [text]);
  // eslint-disable-next-line no-restricted-syntax -- the manual is part of the program, and html() lets no raw HTML through
  return <article className="manual" dangerouslySetInnerHTML={made} />;
}

function NoPage({ name }: { name: string }) {
  return (
    <div>
      <h1 className="title">Not found</h1>
      <Empty head={`The manual has no page “${name}”`}>Its pages stand in the list.</Empty>
    </div>
  );
}
