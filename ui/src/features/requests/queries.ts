import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { explain } from "~/shared/graphql/errors";
import {
  AcceptExceptionsDocument,
  ApproveRequestDocument,
  EditPlanDocument,
  ExtendRequestDocument,
  RejectRequestDocument,
  WithdrawRequestDocument,
  CloseRequestDocument,
  ExecuteRequestDocument,
  HoldRequestDocument,
  OpenRequestDocument,
  PlanRequestDocument,
  RequestPageDocument,
  RequestsDocument,
  RevealSubjectDocument,
  RevokeApprovalDocument,
  VerifyRequestDocument,
  type OpenRequestMutationVariables,
} from "~/shared/graphql/generated/operations";
import { say } from "~/shared/ui/toasts";
import type { PlanChange } from "./edits";
import { fetchReceipt } from "./receipt";

const moving = new Set(["executing", "verifying"]);

/** Requests by days left; only those that are open, or all. */
export const requestsQuery = (open: boolean) => queryOptions({ queryKey: ["requests", { open }], queryFn: ({ signal }) => ask(RequestsDocument, { open: open ? true : null }, signal) });

/** One request; asked every second while it is carried out, so that outcomes arrive as they happen. */
export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ["requests", id],
    queryFn: ({ signal }) => ask(RequestPageDocument, { id }, signal),
    refetchInterval: ({ state }) => (state.data?.request?.run?.state === "running" ? 500 : moving.has(state.data?.request?.state ?? "") ? 1_000 : 15_000),
  });

/** An act on a request, as its dialog hands it on. */
export type RequestAct =
  | { act: "plan" | "execute" | "verify" | "close" | "receipt" }
  | { act: "approve"; plan: string }
  | { act: "revoke"; reason: string }
  | { act: "hold" | "accept" | "reject" | "extend" | "withdraw"; reason: string }
  | PlanChange;

const done: Record<RequestAct["act"], string> = {
  plan: "The plan is being made; you may leave this page.",
  approve: "Your approval is kept.",
  revoke: "Your approval is taken back.",
  execute: "It was carried out; the outcomes stand below.",
  verify: "The look has begun; you may leave this page.",
  receipt: "The receipt is saved.",
  close: "The request is closed.",
  accept: "The exceptions are accepted.",
  hold: "The hold is changed.",
  edit: "The plan is changed and counted again.",
  reject: "The request is rejected.",
  extend: "The time is extended.",
  withdraw: "The request is withdrawn.",
};

/** Acts on a request, then shows its new state and says so. */
export function useAct(id: string, after: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (act: RequestAct) => perform(id, act),
    onMutate: () => void setTimeout(() => void queryClient.invalidateQueries({ queryKey: ["requests", id] }), 400), // the state moves while the act runs
    onSuccess: (_, { act }) => {
      say(done[act]);
      after();
    },
    onError: (error) => say(`Not done. ${explain(error).why}`, { urgent: true }),
    onSettled: () => {
      for (const key of ["requests", "privacy", "me"]) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
}

async function perform(id: string, act: RequestAct): Promise<unknown> {
  switch (act.act) {
    case "plan":
      return ask(PlanRequestDocument, { id });
    case "approve":
      return ask(ApproveRequestDocument, { id, plan: act.plan });
    case "revoke":
      return ask(RevokeApprovalDocument, { id, reason: act.reason });
    case "execute":
      return ask(ExecuteRequestDocument, { id });
    case "verify":
      return ask(VerifyRequestDocument, { id });
    case "close":
      return ask(CloseRequestDocument, { id });
    case "accept":
      return ask(AcceptExceptionsDocument, { id, reason: act.reason });
    case "hold":
      return ask(HoldRequestDocument, { id, reason: act.reason });
    case "edit":
      return ask(EditPlanDocument, { id, what: act.what, target: act.target, ground: act.ground, until: act.until });
    case "reject":
      return ask(RejectRequestDocument, { id, reason: act.reason });
    case "extend":
      return ask(ExtendRequestDocument, { id, reason: act.reason });
    case "withdraw":
      return ask(WithdrawRequestDocument, { id, reason: act.reason });
    case "receipt":
      return fetchReceipt(id);
  }
}

/** Opens a request; the answer is its number. */
export function useOpenRequest(opened: (id: string) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (opening: OpenRequestMutationVariables) => ask(OpenRequestDocument, opening),
    onSuccess: ({ createRequest }) => {
      say(`Request ${createRequest.id} is open.`);
      void queryClient.invalidateQueries({ queryKey: ["requests"] });
      void queryClient.invalidateQueries({ queryKey: ["privacy"] });
      opened(createRequest.id);
    },
  });
}

/** Shows the subject; who saw it is in the ledger before it is shown. */
export function useReveal(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => ask(RevealSubjectDocument, { id }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ["requests", id] }),
    onError: (error) => say(`Not shown. ${explain(error).why}`, { urgent: true }),
  });
}
