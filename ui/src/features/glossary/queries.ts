import { queryOptions } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { GlossaryDocument } from "~/shared/graphql/generated/operations";

/** All agreed terms and metrics. */
export const glossaryQuery = queryOptions({ queryKey: ["glossary"], queryFn: ({ signal }) => ask(GlossaryDocument, {}, signal) });
