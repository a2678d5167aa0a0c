import { useQuery } from "@tanstack/react-query";
import { examplesOf, Home, Question } from "~/features/home/Home";
import { homeQuery } from "~/features/home/queries";
import { SearchField } from "~/features/suggest/SearchField";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";

export function HomePage() {
  const query = useQuery(homeQuery);
  return (
    <Page title="Find">
      <Question search={<SearchField big />} examples={query.data && examplesOf(query.data.home)} />
      <Await query={query} what="the first page">
        {({ home }) => <Home data={home} />}
      </Await>
    </Page>
  );
}
