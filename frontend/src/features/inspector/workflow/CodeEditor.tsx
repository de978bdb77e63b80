import { json } from "@codemirror/lang-json";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { useEffect, useRef } from "react";
import type { DefinitionProblem } from "@/api/workflows";
import styles from "./CodeEditor.module.css";

const SEVERITIES = { error: "error", warning: "warning", advice: "info" } as const;

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--accent-text)" },
  { tag: tags.string, color: "var(--good-text)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--warning-text)" },
  { tag: tags.invalid, color: "var(--error-text)" },
]);

const LOOK = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--text)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "2px solid var(--accent-ring)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", fontVariantLigatures: "none", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": {
    backgroundColor: "var(--surface-sunken)",
    color: "var(--text-tertiary)",
    borderRight: "1px solid var(--border)",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--accent-soft) 45%, transparent)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent-ring) 40%, transparent)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent" },
  ".cm-panels": { backgroundColor: "var(--surface-sunken)", color: "var(--text)" },
  ".cm-tooltip": {
    backgroundColor: "var(--surface-float)",
    color: "var(--text)",
    border: "1px solid var(--border)",
    borderRadius: "var(--radius-small)",
  },
});

/** What others can do with the editor. */
export interface EditorHandle {
  /** Puts the cursor there and shows it; counted from 1. */
  show: (line: number, column?: number) => void;
}

interface CodeEditorProps {
  text: string;
  label: string;
  readOnly: boolean;
  problems: readonly DefinitionProblem[];
  onChange: (text: string) => void;
  onReady: (handle: EditorHandle) => void;
}

/** A code editor for JSON: highlighting, folding, search, brackets, undo, and the problems beside their lines. */
export function CodeEditor({ text, label, readOnly, problems, onChange, onReady }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const handlers = useRef({ onChange, onReady });
  handlers.current = { onChange, onReady };
  const first = useRef(text);
  useEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          basicSetup,
          json(),
          lintGutter(),
          syntaxHighlighting(COLOURS),
          LOOK,
          EditorView.lineWrapping,
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({ "aria-label": label, "data-definition-editor": "" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) handlers.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    handlers.current.onReady({ show: (line, column = 1) => show(editor, line, column) });
    // After the dialog has put the focus on its first control.
    const frame = requestAnimationFrame(() => editor.focus());
    return () => {
      cancelAnimationFrame(frame);
      view.current = null;
      editor.destroy();
    };
  }, [label, readOnly]);
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    editor.dispatch(
      setDiagnostics(
        editor.state,
        problems.map((problem) => diagnostic(editor.state, problem)),
      ),
    );
  }, [problems]);
  return <div ref={place} className={styles.editor} />;
}

function offset(state: EditorState, line: number, column: number): number {
  const found = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  return Math.min(found.from + Math.max(column, 1) - 1, found.to);
}

function diagnostic(state: EditorState, problem: DefinitionProblem): Diagnostic {
  const from = offset(state, problem.line, problem.column);
  return {
    from,
    to: Math.max(from, state.doc.lineAt(from).to),
    severity: SEVERITIES[problem.level],
    message: problem.cure ? `${problem.message} ${problem.cure}` : problem.message,
  };
}

function show(editor: EditorView, line: number, column: number): void {
  const anchor = offset(editor.state, line, column);
  editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
  editor.focus();
}
