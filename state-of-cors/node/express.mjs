import cors from "cors";
import express from "express";

const app = express();
app.use(cors({ origin: "https://app.example.com", credentials: true }));
app.get("/items", (request, response) => response.json({ items: [] }));
app.listen(process.argv[2], "127.0.0.1");
