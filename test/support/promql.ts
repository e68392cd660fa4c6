import { createRequire } from 'node:module';
import type * as State from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';
import type * as Promql from '@prometheus-io/codemirror-promql';
import type * as Linter from '@prometheus-io/codemirror-promql/dist/esm/parser/parser.js';
import { parser } from '@prometheus-io/lezer-promql';

// Node takes the CommonJS half of the linter's package and would take the other half of the editor's, and the two do not mix.
const require = createRequire(import.meta.url);
const { EditorState } = require('@codemirror/state') as typeof State;
const { promQLLanguage, LanguageType } =
  require('@prometheus-io/codemirror-promql') as typeof Promql;
const { Parser } =
  require('@prometheus-io/codemirror-promql/dist/cjs/parser/parser.js') as typeof Linter;

/** A selector of an expression: the metric and, of its labels, those it tests. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly value: string }[];
}

const grammar = promQLLanguage(LanguageType.PromQL);

/** What is wrong with an expression, in the words of Prometheus' own linter; empty if nothing is. */
export function problemsOf(expression: string): string[] {
  const state = EditorState.create({ doc: expression, extensions: [grammar] });
  // One class, declared once for each half of the package.
  const linter = new Parser(state as unknown as ConstructorParameters<typeof Parser>[0]);
  linter.analyze();
  const found = linter.getDiagnostics().map(({ message }) => message);
  // The linter passes over some of what the grammar cannot read.
  const unread = nodes(expression, '⚠').map(({ from }) => `cannot be read at character ${from}`);
  return [...found, ...unread];
}

/** Every selector, in its order. */
export function selectorsOf(expression: string): Selector[] {
  const text = (node: SyntaxNode | null) => (node ? expression.slice(node.from, node.to) : '');
  return nodes(expression, 'VectorSelector').map((node) => ({
    metric: text(node.getChild('Identifier')),
    matchers: (node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map(
      (matcher) => ({
        label: text(matcher.getChild('LabelName')),
        value: text(matcher.getChild('StringLiteral')).slice(1, -1),
      }),
    ),
  }));
}

/** Every label by which an expression groups or joins. */
export function groupingsOf(expression: string): string[] {
  return nodes(expression, 'GroupingLabels').flatMap((node) =>
    node.getChildren('LabelName').map(({ from, to }) => expression.slice(from, to)),
  );
}

function nodes(expression: string, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  parser.parse(expression).iterate({
    enter: (ref) => {
      if (ref.name === name || (name === '⚠' && ref.type.isError)) found.push(ref.node);
    },
  });
  return found;
}
