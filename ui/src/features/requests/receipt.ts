import { ApiError } from "~/shared/graphql/errors";
import { actingAs } from "~/shared/graphql/person";

/** Fetches the receipt as the reader, issuing it when it is the first time, and hands it over as a file that prints well. */
export async function fetchReceipt(id: string): Promise<void> {
  const response = await fetch(`/api/v1/requests/${encodeURIComponent(id)}/receipt`, { method: "POST", headers: headers(), credentials: "same-origin" });
  if (!response.ok) throw new ApiError(response.status === 403 ? "DENIED" : response.status === 409 ? "CONFLICT" : "UNAVAILABLE", await why(response));
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = `receipt-${id}.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000); // the download has begun long before
}

function headers(): Record<string, string> {
  const person = actingAs.now();
  return person ? { Accept: "text/html", "X-Waymark-As": person } : { Accept: "text/html" };
}

async function why(response: Response): Promise<string> {
  const text = (await response.text()).trim();
  return text && text.length < 300 && !text.startsWith("<") ? text : `The server answered ${response.status}.`;
}
