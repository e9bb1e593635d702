import cors from "@koa/cors";
import Koa from "koa";

const app = new Koa();
app.use(cors({ origin: "https://app.example.com", credentials: true }));
app.use((context) => {
  if (context.path === "/items") {
    context.body = { items: [] };
  }
});
app.listen(process.argv[2], "127.0.0.1");
