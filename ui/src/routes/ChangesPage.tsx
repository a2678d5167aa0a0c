import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { FeedPage } from "~/features/feed/FeedPage";
import { feedAsked, subscribeAsked } from "~/features/feed/model";
import { feedQuery, subscriptionsQuery, useSubscriptions } from "~/features/feed/queries";
import { Subscriptions } from "~/features/feed/Subscriptions";
import { explain } from "~/shared/graphql/errors";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Failed, Loading } from "~/shared/ui/states";

const route = getRouteApi("/changes");

export function ChangesPage() {
  const address = route.useSearch();
  const navigate = useNavigate({ from: "/changes" });
  const query = useInfiniteQuery(feedQuery(feedAsked(address)));
  const pages = query.data?.pages ?? [];
  if (!query.data) {
    return (
      <Page title="What changed">
        <PageHead title="What changed" />
        {query.error ? <Failed head="Could not load what changed" {...explain(query.error)} onRetry={() => void query.refetch()} /> : <Loading what="what changed" />}
      </Page>
    );
  }
  return (
    <FeedPage
      items={pages.flatMap(({ feed }) => feed.items)}
      total={pages[0]?.feed.total ?? 0}
      address={address}
      onChange={(next) => void navigate({ search: (before) => ({ ...before, ...next }), resetScroll: false })}
      onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
      loadingMore={query.isFetchingNextPage}
      subscriptions={<Mine />}
    />
  );
}

function Mine() {
  const query = useQuery(subscriptionsQuery);
  const { subscribe, unsubscribe } = useSubscriptions();
  return (
    <Await query={query} what="your subscriptions" rows={2}>
      {({ subscriptions }) => <Subscriptions subscriptions={subscriptions} onSubscribe={(wish, done) => subscribe.mutate(subscribeAsked(wish), { onSuccess: done })} onEnd={(id) => unsubscribe.mutate(id)} busy={subscribe.isPending} />}
    </Await>
  );
}
