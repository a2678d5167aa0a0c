import { AssetLink } from "~/shared/asset/AssetLink";
import { day } from "~/shared/format/time";
import { Banner } from "~/shared/ui/Banner";
import type { Asset } from "./model";

/** What a reader must know before anything else about this asset; at most one. */
export function AssetBanner({ asset }: { asset: Asset }) {
  const { deprecation, missingSince, stub } = asset;
  if (missingSince) {
    return (
      <Banner tone="late" head={`Gone since ${day(missingSince)}`}>
        Complete crawls have not seen it since. What is known about it is kept.
      </Banner>
    );
  }
  if (deprecation) {
    return (
      <Banner tone="late" head={deprecation.since ? `Deprecated since ${day(deprecation.since)}` : "Deprecated"}>
        {deprecation.note}{" "}
        {deprecation.replacement && (
          <>
            Use <AssetLink asset={deprecation.replacement} className="" /> instead.
          </>
        )}
      </Banner>
    );
  }
  if (stub) {
    return (
      <Banner tone="unknown" head="Not crawled">
        Statements name it, but no crawl has read it: connect the source that it lives in, or let the recipe of that source include it.
      </Banner>
    );
  }
  return null;
}
