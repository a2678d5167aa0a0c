import { Button } from "~/shared/ui/Button";
import type { IconName } from "~/shared/ui/Icon";
import { acts, type Act, type Request } from "./model";

/** What opens a dialog, or acts at once. */
export type Asked = Act | "hold" | "lift" | "revoke" | "accept" | "reject" | "extend" | "withdraw";

/** What the reader may do now; what leads on is the one yellow button. */
export function Acts({ request, busy, onAsk }: { request: Request; busy?: Asked; onAsk: (asked: Asked) => void }) {
  const { main, others } = acts(request);
  const held = request.hold !== "";
  return (
    <>
      {request.next.includes("hold") && (
        <Button disabled={busy !== undefined} onClick={() => onAsk(held ? "lift" : "hold")}>
          {held ? "Lift the hold" : "Set a hold"}
        </Button>
      )}
      {others.map((act) => (
        <Button key={act} busy={busy === act} disabled={busy !== undefined} onClick={() => onAsk(act)}>
          {wordOf(act, request)}
        </Button>
      ))}
      {main && (
        <Button look={main === "execute" ? "danger" : "go"} icon={icons[main]} busy={busy === main} disabled={busy !== undefined} onClick={() => onAsk(main)}>
          {wordOf(main, request)}
        </Button>
      )}
    </>
  );
}

const icons: Partial<Record<Act, IconName>> = { approve: "check", verify: "search" };

function wordOf(act: Act, { plan, state, kind }: Request): string {
  switch (act) {
    case "plan":
      return plan ? "Plan anew" : "Plan";
    case "approve":
      return "Approve the plan";
    case "execute":
      return state === "incomplete" ? "Execute again" : kind === "erasure" ? "Execute the erasure" : "Make the package";
    case "verify":
      return state.startsWith("verified") ? "Look again" : "Verify";
    case "receipt":
      return "Receipt";
    case "close":
      return "Close the request";
  }
}
