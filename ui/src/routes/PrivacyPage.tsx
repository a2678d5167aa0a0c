import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { findingsAsked, type PrivacyAddress } from "~/features/privacy/address";
import { Answer } from "~/features/privacy/Answer";
import { following } from "~/features/privacy/model";
import { Privacy } from "~/features/privacy/Privacy";
import { privacyQuery, reviewQuery } from "~/features/privacy/queries";
import { Review } from "~/features/privacy/Review";
import { useAnswer } from "~/features/privacy/useAnswer";
import { explain } from "~/shared/graphql/errors";
import type { ReviewItemFragment } from "~/shared/graphql/generated/operations";
import { useMay } from "~/shared/me/queries";
import { Await } from "~/shared/ui/Await";
import { Dialog } from "~/shared/ui/Dialog";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Failed, Loading } from "~/shared/ui/states";
import { useMedia } from "~/shared/ui/useMedia";

const route = getRouteApi("/privacy");

export function PrivacyPage() {
  const navigate = useNavigate({ from: "/privacy" });
  const overview = useQuery(privacyQuery);
  const seesRequests = useMay("request.view");
  const change = (next: Partial<PrivacyAddress>) => void navigate({ search: (before) => ({ ...before, ...next }), replace: "row" in next, resetScroll: false });
  if (!overview.data) {
    return (
      <Page title="Personal data">
        <PageHead title="Personal data" />
        <Await query={overview} what="what is known of personal data">
          {() => null}
        </Await>
      </Page>
    );
  }
  const toLevel = (level: string) => {
    change({ level, state: "all", row: undefined });
    document.getElementById("findings")?.scrollIntoView({ block: "start" });
  };
  return <Privacy overview={overview.data.privacy} seesRequests={seesRequests} onLevel={toLevel} review={<Findings change={change} />} />;
}

function Findings({ change }: { change: (next: Partial<PrivacyAddress>) => void }) {
  const address = route.useSearch();
  const pages = useInfiniteQuery(reviewQuery(findingsAsked(address)));
  const mayDecide = useMay("classify");
  const answer = useAnswer();
  const narrow = useMedia("(max-width: 1180px)"); // then the evidence stands over the list, not beside it
  if (!pages.data) return pages.error ? <Failed head="Could not load the findings" {...explain(pages.error)} onRetry={() => void pages.refetch()} /> : <Loading what="the findings" />;
  const findings = pages.data.pages.flatMap((page) => page.findings.items);
  const asked = findings.find((finding) => finding.id === address.row);
  const chosen = asked ?? (narrow ? undefined : findings[0]);
  const decide = (finding: ReviewItemFragment, notPersonal: boolean, reason: string) => {
    answer.mutate({ finding, notPersonal, reason });
    change({ row: narrow ? undefined : following(findings, finding.id)?.id });
  };
  const confirm = (finding: ReviewItemFragment) => decide(finding, false, `confirmed as ${finding.mark.label} in review`);
  const panel = (finding: ReviewItemFragment) => <Answer finding={finding} mayDecide={mayDecide} busy={answer.isPending} onConfirm={() => confirm(finding)} onReject={(reason) => decide(finding, true, reason)} />;
  return (
    <div className="review-split">
      <Review
        findings={findings}
        total={pages.data.pages[0]?.findings.total ?? findings.length}
        address={address}
        chosen={chosen?.id}
        mayDecide={mayDecide}
        onChange={change}
        onConfirm={confirm}
        onMore={pages.hasNextPage ? () => void pages.fetchNextPage() : undefined}
        loadingMore={pages.isFetchingNextPage}
      />
      {narrow ? (
        <Dialog open={asked !== undefined} onClose={() => change({ row: undefined })} title={`Is ${asked?.column ?? "it"} personal data?`}>
          {asked && panel(asked)}
        </Dialog>
      ) : (
        chosen && panel(chosen)
      )}
    </div>
  );
}
