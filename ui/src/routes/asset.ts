import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { assetQuery } from "~/features/asset/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /asset/URN?tab=&col= */
export const assetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/asset/$urn",
  validateSearch: (search: Record<string, unknown>): { tab?: string; col?: string } => ({ tab: word(search, "tab"), col: word(search, "col") }),
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(assetQuery(params.urn)),
  component: lazyRouteComponent(() => import("./AssetRoute"), "AssetRoute"),
});
