import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { glossaryQuery } from "~/features/glossary/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /glossary?filter= */
export const glossaryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/glossary",
  validateSearch: (search: Record<string, unknown>): { filter?: string } => ({ filter: word(search, "filter") }),
  loader: ({ context }) => void context.queryClient.prefetchQuery(glossaryQuery),
  component: lazyRouteComponent(() => import("./GlossaryPage"), "GlossaryPage"),
});
