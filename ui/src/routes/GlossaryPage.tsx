import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Glossary } from "~/features/glossary/Glossary";
import { glossaryQuery } from "~/features/glossary/queries";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";

const route = getRouteApi("/glossary");

export function GlossaryPage() {
  const { filter = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(glossaryQuery);
  const onFilter = (text: string) => void navigate({ search: { filter: text || undefined }, replace: true });
  if (query.data) return <Glossary entries={query.data.glossary} filter={filter} onFilter={onFilter} />;
  return (
    <Page title="Glossary">
      <PageHead title="Glossary" />
      <Await query={query} what="the glossary">
        {() => null}
      </Await>
    </Page>
  );
}
