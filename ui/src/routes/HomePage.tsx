import { useQuery } from "@tanstack/react-query";
import { Home, Question } from "~/features/home/Home";
import { homeQuery } from "~/features/home/queries";
import { SearchField } from "~/features/suggest/SearchField";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";

export function HomePage() {
  const query = useQuery(homeQuery);
  const search = <SearchField big />;
  if (query.data) return <Home data={query.data.home} search={search} />;
  return (
    <Page title="Find">
      <Question search={search} />
      <Await query={query} what="the first page">
        {() => null}
      </Await>
    </Page>
  );
}
