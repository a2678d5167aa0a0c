import { type ReactNode } from "react";
import { isTrusted, saidName } from "~/shared/asset/naming";
import { Page } from "~/shared/ui/Page";
import { AssetBanner } from "./AssetBanner";
import { AssetTop } from "./AssetTop";
import { FreshColumn } from "./FreshColumn";
import type { Asset, AssetColumn } from "./model";
import { TrustColumn } from "./TrustColumn";
import { WhatColumn } from "./WhatColumn";
import { WhoKnows } from "./WhoKnows";
import "./AssetPage.css";

/** An asset: path, headword, standing; the questions people ask of it; then everything, in tabs. */
export function AssetPage({ asset, columns, actions, tabs }: { asset: Asset; columns: AssetColumn[]; actions: ReactNode; tabs: ReactNode }) {
  return (
    <Page title={saidName(asset)}>
      <AssetBanner asset={asset} />
      <AssetTop asset={asset} columns={columns} actions={actions} />
      <section className={isTrusted(asset) ? "questions" : "questions two-questions"} aria-label="What people ask of it">
        {isTrusted(asset) && <TrustColumn asset={asset} />}
        <WhatColumn asset={asset} />
        {!asset.person && (
          <div className="questions-side">
            {isTrusted(asset) && <FreshColumn asset={asset} />}
            <WhoKnows asset={asset} />
          </div>
        )}
      </section>
      {tabs}
    </Page>
  );
}
