import { useEffect, useState, useSyncExternalStore } from "react";
import { Icon } from "./Icon";
import { dismiss, toasts, type Toast } from "./toasts";
import "./Toaster.css";

const lasts = 8_000;

/** Where toasts stand; the shell draws it once. */
export function Toaster() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.now);
  return (
    <section className="toasts" aria-label="Messages">
      {shown.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const [held, hold] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(toast.id), lasts);
    return () => clearTimeout(timer);
  }, [held, toast.id]);
  return (
    <div className="toast" role={toast.urgent ? "alert" : "status"} onFocus={() => hold(true)} onBlur={() => hold(false)} onMouseEnter={() => hold(true)} onMouseLeave={() => hold(false)}>
      <span>{toast.text}</span>
      {toast.undo && (
        <button
          type="button"
          className="push"
          onClick={() => {
            dismiss(toast.id);
            toast.undo?.();
          }}
        >
          Undo
        </button>
      )}
      <button type="button" aria-label="Close message" className={toast.undo ? "" : "push"} onClick={() => dismiss(toast.id)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
