import cors from "cors";
import express from "express";

const app = express();
// "The pattern /example\.com$/ will reflect any request that is coming from an origin ending with example.com."
app.use(cors({ origin: /example\.com$/, credentials: true }));
app.get("/items", (request, response) => response.json({ items: [] }));
app.listen(process.argv[2], "127.0.0.1");
