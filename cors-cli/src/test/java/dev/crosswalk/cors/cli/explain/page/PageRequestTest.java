package dev.crosswalk.cors.cli.explain.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageRequestTest {

  private static PageRequest page(String code) {
    return PageRequest.in(code, false);
  }

  private static PageRequest besideServer(String code) {
    return PageRequest.in(code, true);
  }

  @Test
  void fetch_asks_by_GET_unless_an_option_says_otherwise() {
    assertEquals("GET", page("const r = await fetch(url)").method());
    assertEquals("PUT", page("fetch(url, { method: 'put', body })").method());
  }

  @Test
  void the_browser_sends_patch_as_it_is_written() {
    assertEquals("patch", page("fetch(url, { method: 'patch' })").method());
  }

  @Test
  void a_library_names_the_method() {
    assertEquals("DELETE", page("this.http.delete<void>(`${this.api}/users/${id}`)").method());
    assertEquals("POST", page("axios.post(url, data)").method());
    assertEquals("PUT", page("xhr.open('PUT', signedUrl)").method());
    assertEquals("GET", page("$.ajax({ type: \"GET\", url: u })").method());
  }

  @Test
  void of_several_methods_none_is_the_requests() {
    assertEquals("", page("axios.get(a); axios.post(b, c)").method());
  }

  @Test
  void headers_of_an_object_are_asked_for() {
    assertEquals(
        List.of("authorization", "content-type"),
        page("fetch(url, { headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` } })")
            .asked());
  }

  @Test
  void what_a_form_sends_is_not_asked_for() {
    assertEquals(
        List.of(),
        page("fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' } })")
            .asked());
  }

  @Test
  void browsers_write_some_headers_themselves() {
    assertEquals(
        List.of(), page("axios.get(u, { headers: { Origin: 'https://a.example' } })").asked());
  }

  @Test
  void headers_are_set_one_by_one() {
    assertEquals(
        List.of("authorization", "x-tenant", "x-token", "x-user"),
        page("""
                xhr.setRequestHeader("X-Tenant", t);
                axios.defaults.headers.common['X-Token'] = token;
                config.headers.Authorization = `Bearer ${token}`;
                const h = new HttpHeaders().set('X-User', user);
                """)
            .asked());
  }

  @Test
  void an_object_of_axios_is_JSON() {
    assertEquals(List.of("content-type"), page("axios.post(url, { email, password })").asked());
    assertEquals(List.of(), page("axios.post(url, { headers: { Accept: '*/*' } })").asked());
  }

  @Test
  void a_type_without_a_body_is_told() {
    assertTrue(
        page("fetch(u, { headers: { 'Content-Type': 'application/json' } })")
            .sendsTypeWithoutBody());
    assertTrue(
        page("$.ajax({ type: 'GET', url: u, contentType: 'application/json; charset=utf-8' })")
            .sendsTypeWithoutBody());
    assertFalse(
        page("fetch(u, { method: 'POST', headers: { 'Content-Type': 'application/json' } })")
            .sendsTypeWithoutBody());
  }

  @Test
  void headers_of_the_answer_are_told_where_the_page_sends_them() {
    assertTrue(
        page("fetch(u, { headers: { 'Access-Control-Allow-Origin': '*' } })")
            .sendsResponseHeaders());
    assertTrue(
        page("www.SetRequestHeader(\"Access-Control-Allow-Origin\", \"*\");")
            .sendsResponseHeaders());
    assertTrue(
        page("dio.options.headers['Access-Control-Allow-Origin'] = '*';").sendsResponseHeaders());
    assertTrue(
        besideServer(
                "app.use(cors()); axios.get(u, { headers: { 'Access-Control-Allow-Origin': '*' } })")
            .sendsResponseHeaders());
  }

  @Test
  void headers_of_an_answer_are_not_those_of_a_request() {
    assertFalse(
        besideServer("return { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } };")
            .sendsResponseHeaders());
    assertFalse(
        page("export const POST = () => json({}, { headers: { 'Access-Control-Allow-Origin': '*' } })")
            .sendsResponseHeaders());
    assertFalse(
        page("x-amz-signedheaders=host No 'Access-Control-Allow-Origin' header is present")
            .sendsResponseHeaders());
  }

  @Test
  void credentials_are_those_that_the_code_includes() {
    assertTrue(page("axios.defaults.withCredentials = true;").credentials());
    assertTrue(page("fetch(u, { credentials: 'include' })").credentials());
    assertFalse(page("fetch(u, { credentials: 'same-origin' })").credentials());
  }
}
