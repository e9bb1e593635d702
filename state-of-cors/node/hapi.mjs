import Hapi from "@hapi/hapi";

const server = Hapi.server({
  port: process.argv[2],
  host: "127.0.0.1",
  routes: { cors: { origin: ["https://app.example.com"], credentials: true } },
});
server.route({ method: "GET", path: "/items", handler: () => ({ items: [] }) });
await server.start();
