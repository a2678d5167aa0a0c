-- Zones analytics and adhoc: the tables that the daily models fill, and the views on them. The other tables of adhoc and archive are made by statements of once.sql.
CREATE TABLE analytics.stg_payments (
  payment_id INTEGER PRIMARY KEY, student_id INTEGER, course_id INTEGER, learner_key TEXT, country TEXT, paid_on TEXT,
  gross_usd REAL, tax_usd REAL, instructor_share_usd REAL);
CREATE TABLE analytics.stg_refunds (refund_id INTEGER PRIMARY KEY, payment_id INTEGER, refunded_on TEXT, refund_usd REAL, reason TEXT);
CREATE TABLE analytics.dim_student (
  student_id INTEGER PRIMARY KEY, learner_key TEXT, full_name TEXT, email TEXT, country TEXT, language TEXT, city TEXT,
  birth_year INTEGER, is_staff INTEGER, signed_up_on TEXT);
CREATE TABLE analytics.dim_instructor (instructor_id INTEGER PRIMARY KEY, full_name TEXT, email TEXT, country TEXT, joined_on TEXT, courses INTEGER);
CREATE TABLE analytics.dim_course (
  course_id INTEGER PRIMARY KEY, title TEXT, category TEXT, instructor_id INTEGER REFERENCES dim_instructor (instructor_id),
  language TEXT, price_usd REAL, status TEXT, lectures INTEGER, minutes INTEGER, published_on TEXT);
CREATE TABLE analytics.fct_enrollment (
  enrollment_id INTEGER PRIMARY KEY, student_id INTEGER REFERENCES dim_student (student_id), course_id INTEGER REFERENCES dim_course (course_id),
  channel TEXT, enrolled_on TEXT, completed_on TEXT, is_paid INTEGER);
CREATE TABLE analytics.fct_revenue (
  entry_id TEXT PRIMARY KEY, payment_id INTEGER, entry_kind TEXT, booked_on TEXT, course_id INTEGER REFERENCES dim_course (course_id),
  learner_key TEXT, country TEXT, gross_usd REAL, refund_usd REAL, tax_usd REAL, instructor_share_usd REAL, net_revenue REAL);
CREATE TABLE analytics.fct_learning_activity (
  day TEXT, student_id INTEGER REFERENCES dim_student (student_id), lectures INTEGER, minutes REAL, PRIMARY KEY (day, student_id));
CREATE TABLE analytics.fct_review (review_id INTEGER PRIMARY KEY, course_id INTEGER REFERENCES dim_course (course_id), learner_key TEXT, stars INTEGER, reviewed_on TEXT);
CREATE TABLE analytics.fct_support_ticket (
  ticket_id INTEGER PRIMARY KEY, student_id INTEGER, contact_email TEXT, subject TEXT, status TEXT, opened_on TEXT, hours_to_answer REAL);
CREATE TABLE analytics.revenue_daily (
  day TEXT, country TEXT, payments INTEGER, gross_usd REAL, refund_usd REAL, tax_usd REAL, instructor_share_usd REAL, net_revenue REAL,
  PRIMARY KEY (day, country));
CREATE TABLE analytics.revenue_daily_v1 (day TEXT, country TEXT, orders INTEGER, revenue REAL, PRIMARY KEY (day, country));
CREATE TABLE analytics.instructor_revenue_share (
  month TEXT, instructor_id INTEGER REFERENCES dim_instructor (instructor_id), instructor_name TEXT, sales INTEGER, share_usd REAL,
  PRIMARY KEY (month, instructor_id));
CREATE TABLE analytics.active_students_daily (day TEXT, country TEXT, active_students INTEGER, PRIMARY KEY (day, country));
CREATE TABLE analytics.active_instructors_monthly (month TEXT, country TEXT, active_instructors INTEGER, PRIMARY KEY (month, country));
CREATE TABLE analytics.student_360 (
  student_id INTEGER PRIMARY KEY, learner_key TEXT, profile TEXT, courses INTEGER, spent_usd REAL, last_active_on TEXT, tickets INTEGER);
CREATE TABLE analytics.churn_features (
  learner_key TEXT PRIMARY KEY, days_since_active INTEGER, courses INTEGER, completed INTEGER, minutes_28d REAL, spent_usd REAL, churn_risk TEXT);
CREATE TABLE analytics.marketing_mailing_list (email TEXT, first_name TEXT, country TEXT, segment TEXT, added_on TEXT);
CREATE TABLE analytics.course_ratings (course_id INTEGER PRIMARY KEY REFERENCES dim_course (course_id), reviews INTEGER, avg_stars REAL, last_review_on TEXT);
CREATE TABLE analytics.course_funnel (course_id INTEGER PRIMARY KEY REFERENCES dim_course (course_id), enrolled INTEGER, paid INTEGER, started INTEGER, completed INTEGER);
CREATE TABLE analytics.campaign_performance (month TEXT, channel TEXT, clicks INTEGER, spend_usd REAL, enrollments INTEGER, cost_per_enrollment REAL, PRIMARY KEY (month, channel));
CREATE TABLE analytics.dashboard_usage_daily (day TEXT, tool TEXT, dashboard TEXT, viewers INTEGER, views INTEGER, PRIMARY KEY (day, tool, dashboard));
CREATE VIEW analytics.revenue_by_country AS
SELECT country, sum(gross_usd) AS gross_usd, sum(refund_usd) AS refund_usd, sum(net_revenue) AS net_revenue
FROM revenue_daily GROUP BY country;
CREATE VIEW analytics.revenue_monthly AS
SELECT substr(day, 1, 7) AS month, country, sum(payments) AS payments, sum(net_revenue) AS net_revenue
FROM revenue_daily GROUP BY substr(day, 1, 7), country;
CREATE VIEW analytics."kr_월별매출" AS
SELECT month AS "월", payments AS "결제건수", net_revenue AS "순매출_usd"
FROM revenue_monthly WHERE country = 'KR';
CREATE VIEW analytics.refund_rate_monthly AS
SELECT substr(day, 1, 7) AS month, sum(refund_usd) / sum(gross_usd) AS refund_rate
FROM revenue_daily GROUP BY substr(day, 1, 7);
CREATE VIEW analytics.active_students_monthly AS
SELECT d.day, substr(d.day, 1, 7) AS month, sum(d.active_students) AS active_students
FROM active_students_daily AS d
JOIN (SELECT max(day) AS day FROM active_students_daily GROUP BY substr(day, 1, 7)) AS last ON last.day = d.day
GROUP BY d.day, substr(d.day, 1, 7);
CREATE TABLE adhoc.revenue_tmp (day TEXT, course_id INTEGER, country TEXT, amount REAL, currency TEXT, status TEXT);
