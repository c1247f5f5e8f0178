// People sign up and sign in here; the API beside it takes the tokens that they get here.

import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { jwt } from "better-auth/plugins";
import pg from "pg";

const { DATABASE_URL, BETTER_AUTH_SECRET, API_AUDIENCE } = process.env;
const port = Number(process.env.PORT ?? 3987);
const origin = process.env.AUTH_ORIGIN ?? `http://127.0.0.1:${port}`;
const day = 24 * 60 * 60;

for (const name of ["DATABASE_URL", "BETTER_AUTH_SECRET", "API_AUDIENCE"]) {
  if (!process.env[name]) {
    console.error(`${name} is not set.`);
    process.exit(2);
  }
}

const database = new pg.Pool({ connectionString: DATABASE_URL });
// A database that goes away ends idle connections; without a listener that would end the server.
database.on("error", (error) => console.error(`database: ${error.message}`));

const auth = betterAuth({
  baseURL: origin,
  secret: BETTER_AUTH_SECRET,
  database,
  trustedOrigins: [origin],
  telemetry: { enabled: false },
  emailAndPassword: { enabled: true, minPasswordLength: 15 },
  plugins: [
    jwt({
      jwks: {
        keyPairConfig: { alg: process.env.TOKEN_ALGORITHM ?? "EdDSA" },
        // Seconds. What a key has signed outlives it by minutes, and the key is shown for a day.
        rotationInterval: Number(process.env.KEY_SECONDS ?? 30 * day),
        gracePeriod: day,
      },
      jwt: {
        issuer: origin,
        audience: API_AUDIENCE,
        // As text: a number would be the moment when all tokens end.
        expirationTime: "5m",
        // Without this, a token holds all that is known of a person.
        definePayload: ({ user }) => ({ email: user.email, email_verified: user.emailVerified }),
      },
    }),
  ],
});

const { runMigrations } = await getMigrations(auth.options);
await runMigrations();

createServer(toNodeHandler(auth)).listen(port, "127.0.0.1", () => {
  console.log(`better-auth listens at ${origin}/api/auth`);
});
