import { Link, type ErrorComponentProps } from "@tanstack/react-router";
import { explain } from "~/shared/graphql/errors";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Empty, Failed } from "~/shared/ui/states";

/** An address that leads nowhere. */
export function Missing() {
  return (
    <Page title="Not found">
      <PageHead title="Not found" />
      <Empty head="There is no page at this address.">
        Look for it from <Link to="/">the first page</Link>.
      </Empty>
    </Page>
  );
}

/** A page that could not be drawn. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const { why, requestId } = explain(error);
  return (
    <Page title="Not shown">
      <PageHead title="This page could not be shown" />
      <Failed head="It stopped while it was drawn" why={why} requestId={requestId} onRetry={reset} />
    </Page>
  );
}
