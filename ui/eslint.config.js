import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

// routes -> features -> shared, app above all; a feature knows no other feature.
// Cycles, barrels and style sheets are looked at by src/shared/testing/rules.test.ts.
const above = (layers) => layers.map((layer) => `~/${layer}/*`);
const restrict = (files, patterns, more = {}) => ({ files, rules: { "no-restricted-imports": ["error", { patterns }] }, ...more });
const noParent = { group: ["../*/*", "../../*"], message: "Write ~/… for what lies in another folder." };

const literal = "[#](?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$|^(?:rgb|hsl|oklch)a?\\(";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "test-results", "src/shared/graphql/generated"] },
  ...tseslint.configs.strict,
  hooks.configs.flat.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    rules: {
      "max-lines": ["error", { max: 300 }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-invalid-void-type": "off",
      // the virtual rows and the table keep their own state on purpose
      "react-hooks/incompatible-library": "off",
      "no-restricted-syntax": [
        "error",
        { selector: "TSAsExpression > TSAsExpression", message: "A double cast hides a wrong type." },
        { selector: "TSAsExpression > TSUnknownKeyword", message: "A double cast hides a wrong type." },
        { selector: `Literal[value=/${literal}/]`, message: "Colours stand in tokens.css alone." },
        { selector: "ExportAllDeclaration", message: "No barrels: import from the file itself." },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Only the manual's own text becomes HTML; see features/help." },
      ],
      "no-restricted-properties": ["error", { object: "console", property: "log" }],
    },
  },
  restrict(["src/shared/**"], [noParent, { group: above(["app", "routes", "features"]), message: "shared stands below everything." }]),
  restrict(["src/features/**"], [
    noParent,
    { group: above(["app", "routes"]), message: "A feature knows neither routes nor app." },
    { group: ["~/features/*"], message: "Features do not know each other; a route puts them together." },
  ]),
  restrict(["src/routes/**"], [noParent, { group: above(["app"]), message: "Routes stand below the app." }]),
);
