// An OpenID provider on a free port of this machine. It believes whoever signs in: the
// form takes the claims it shall tell of them. Its address is the first line it prints.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import Provider from "oidc-provider";

const accounts = new Map();

const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

const configuration = {
  jwks: { keys: [{ ...key.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
  cookies: { keys: [randomBytes(16).toString("hex")] },
  claims: {
    openid: ["sub", "employee_number"],
    email: ["email", "email_verified"],
    profile: ["name"],
  },
  features: { registration: { enabled: true }, devInteractions: { enabled: false } },
  pkce: { required: () => true },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) =>
    accounts.has(id) ? { accountId: id, claims: () => accounts.get(id) } : undefined,
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
};

const PAGE = `<!doctype html><html lang="en"><title>The agency</title>
<form method="post"><label>Claims <textarea name="claims"></textarea></label>
<button>Sign in</button></form></html>`;

async function interact(provider, request, response) {
  if (request.method === "GET") {
    response.setHeader("Content-Type", "text/html");
    response.end(PAGE);
    return;
  }
  const form = new URLSearchParams(await text(request));
  const claims = JSON.parse(form.get("claims"));
  const result = claims
    ? { login: { accountId: claims.sub } }
    : { error: "access_denied", error_description: "Not now" };
  if (claims) accounts.set(claims.sub, claims);
  await provider.interactionFinished(request, response, result);
}

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(address, configuration);
  const answer = provider.callback();
  server.on("request", (request, response) =>
    request.url.startsWith("/interaction/")
      ? interact(provider, request, response)
      : answer(request, response),
  );
  console.log(address);
});
