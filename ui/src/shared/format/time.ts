import { nbsp } from "./number";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** How a moment is said beside a thing: "06:10 today", "yesterday", "18 Nov", "18 Nov 2025". */
export function moment(at: string, now = new Date()): string {
  const then = new Date(at);
  const days = dayNumber(now) - dayNumber(then);
  if (days === 0) return `${clock(at)} today`;
  if (days === 1) return "yesterday";
  return day(at, now);
}

/** "06:10", in the reader's own time zone. */
export function clock(at: string): string {
  const then = new Date(at);
  return `${two(then.getHours())}:${two(then.getMinutes())}`;
}

/** "18 Nov", with the year when it is another one. */
export function day(at: string, now = new Date()): string {
  const then = new Date(at);
  const short = `${then.getDate()}${nbsp}${months[then.getMonth()]}`;
  return then.getFullYear() === now.getFullYear() ? short : `${short}${nbsp}${then.getFullYear()}`;
}

/** The day as a date field has it, in the reader's own time zone: "2026-11-20". */
export function isoDay(at = new Date()): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** "January 2027": until when something holds. */
export function month(at: string): string {
  return new Date(at).toLocaleDateString("en-GB", { month: "long", year: "numeric" });
}

/** "Jan 2027": the same where room is short. */
export function shortMonth(at: string): string {
  const then = new Date(at);
  return `${months[then.getMonth()]}${nbsp}${then.getFullYear()}`;
}

/** A date of law in full: "Monday, 14 December 2026". */
export function legalDate(at: string): string {
  const then = new Date(at);
  const weekday = then.toLocaleDateString("en-GB", { weekday: "long" });
  return `${weekday}, ${then.getDate()} ${then.toLocaleDateString("en-GB", { month: "long", year: "numeric" })}`;
}

/** The whole instant, for a hover: "20 Nov 2026, 09:20:31, UTC+1". */
export function instant(at: string): string {
  return new Date(at).toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  });
}

/** 124_000 ms -> "2 min 04 s"; "18 min" from ten minutes on; "0.4 s" below one second. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 1) return `${Math.round(seconds * 10) / 10}${nbsp}s`;
  if (seconds < 60) return `${Math.round(seconds)}${nbsp}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 120) return `${Math.round(minutes / 60)}${nbsp}h`;
  if (minutes >= 10) return `${Math.round(seconds / 60)}${nbsp}min`;
  return `${minutes}${nbsp}min ${two(Math.floor(seconds % 60))}${nbsp}s`;
}

/** How long ago in whole days; negative when the moment is still to come. */
export function daysSince(at: string, now = new Date()): number {
  return dayNumber(now) - dayNumber(new Date(at));
}

function dayNumber(at: Date): number {
  return Math.round(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / 86_400_000);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
