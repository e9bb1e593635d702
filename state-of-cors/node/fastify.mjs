import cors from "@fastify/cors";
import Fastify from "fastify";

const fastify = Fastify();
await fastify.register(cors, { origin: ["https://app.example.com"], credentials: true });
fastify.get("/items", async () => ({ items: [] }));
await fastify.listen({ port: Number(process.argv[2]), host: "127.0.0.1" });
