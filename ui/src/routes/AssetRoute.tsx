import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { AssetActions } from "~/features/asset/AssetActions";
import { AssetPage } from "~/features/asset/AssetPage";
import { AssetTabs } from "~/features/asset/AssetTabs";
import type { Asset } from "~/features/asset/model";
import { assetQuery, columnsQuery } from "~/features/asset/queries";
import { useKeys } from "~/shared/keys/useKeys";
import { may, meQuery } from "~/shared/me/queries";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Empty } from "~/shared/ui/states";

const route = getRouteApi("/asset/$urn");

export function AssetRoute() {
  const { urn } = route.useParams();
  const query = useQuery(assetQuery(urn));
  if (query.data?.asset) return <Loaded asset={query.data.asset} />;
  return (
    <Page title="Asset">
      <PageHead title={query.data ? "Not found" : "Asset"} />
      <Await query={query} what="this asset" rows={10}>
        {() => <Empty head="No asset that you may see has this name">{urn}</Empty>}
      </Await>
    </Page>
  );
}

function Loaded({ asset }: { asset: Asset }) {
  const { tab, col } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useQuery({ ...columnsQuery(asset.id), enabled: asset.type === "dataset" });
  const me = useQuery(meQuery);
  const { history } = useRouter();
  useKeys([{ keys: "Escape", does: "Back to where you came from", run: () => history.canGoBack() && history.back() }]);
  return (
    <AssetPage
      asset={asset}
      columns={columns.data?.asset?.columns ?? []}
      actions={<AssetActions asset={asset} may={(action) => may(me.data, action)} />}
      tabs={
        <AssetTabs
          asset={asset}
          tab={tab}
          col={col}
          onTab={(next) => void navigate({ search: { tab: next }, resetScroll: false })}
          onColumn={(next) => void navigate({ search: { tab, col: next }, replace: true, resetScroll: false })}
          mayDecide={may(me.data, "classify")}
          mayEdit={may(me.data, "edit")}
        />
      }
    />
  );
}
