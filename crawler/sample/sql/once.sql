-- What somebody ran once: `ago` is how many days before the company's last day. {today} is the day it ran on.

--- ago=83 at=09:12 user=jonas tool=dbeaver
CREATE TABLE archive.fct_revenue_bak AS SELECT * FROM analytics.fct_revenue WHERE booked_on < '{today}';

--- ago=77 at=10:31 user=elif tool=dbeaver
CREATE TABLE adhoc.top_instructors_tmp AS
SELECT i.full_name, i.email, sum(r.sales) AS sales, sum(r.share_usd) AS share_usd
FROM analytics.instructor_revenue_share AS r
JOIN analytics.dim_instructor AS i ON i.instructor_id = r.instructor_id
WHERE r.month < substr('{today}', 1, 7)
GROUP BY i.full_name, i.email
ORDER BY share_usd DESC LIMIT 50;

--- ago=70 at=16:05 user=jonas tool=dbeaver
CREATE TABLE archive.dim_student_old AS
SELECT student_id, full_name, email, country, signed_up_on FROM analytics.dim_student WHERE signed_up_on < '{today}';

--- ago=61 at=14:20 user=jonas tool=dbeaver
CREATE TABLE archive.revenue_daily_old AS SELECT * FROM analytics.revenue_daily WHERE day < '{today}';

--- ago=58 at=11:47 user=bram tool=jupyter
CREATE TABLE adhoc.churn_try2 AS
SELECT learner_key, days_since_active, minutes_28d, CASE WHEN days_since_active > 45 THEN 1 ELSE 0 END AS churned
FROM analytics.churn_features;

--- ago=49 at=09:40 user=jonas tool=dbeaver
CREATE TABLE archive.payments_v1 AS
SELECT payment_id, student_id, amount_cents, currency, receipt_email, status, paid_at FROM raw_data.payments WHERE paid_at < '{today}';

--- ago=40 at=15:22 user=kim tool=redash
CREATE TABLE adhoc.kim_signup_export AS
SELECT s.full_name AS nm, s.email AS contact, s.country AS ctry, substr(s.created_at, 1, 10) AS dt
FROM raw_data.students AS s WHERE s.marketing_opt_in = 1 AND s.is_staff = 0;

--- ago=33 at=10:02 user=lucia tool=jupyter session=cohort
CREATE TEMP TABLE cohort AS
SELECT student_id, learner_key, substr(signed_up_on, 1, 7) AS cohort_month FROM analytics.dim_student WHERE is_staff = 0;
CREATE TABLE adhoc.cohort_retention AS
SELECT c.cohort_month, substr(a.day, 1, 7) AS active_month, count(DISTINCT c.student_id) AS students
FROM cohort AS c
JOIN analytics.fct_learning_activity AS a ON a.student_id = c.student_id
GROUP BY c.cohort_month, substr(a.day, 1, 7);
DROP TABLE cohort;

--- ago=25 at=13:37 user=mina tool=dbeaver
CREATE TABLE adhoc.refund_check_mina AS
SELECT f.booked_on, f.payment_id, f.country, f.refund_usd, r.reason
FROM analytics.fct_revenue AS f
JOIN analytics.stg_refunds AS r ON r.payment_id = f.payment_id
WHERE f.entry_kind = 'refund';

--- ago=18 at=17:10 user=carlos tool=dbeaver
CREATE TABLE archive.newsletter_2025 AS
SELECT upper(recipient) AS addr, campaign, max(sent_at) AS last_sent FROM raw_data.email_sends
WHERE campaign LIKE 'newsletter%' GROUP BY upper(recipient), campaign;

--- ago=12 at=10:55 user=bram tool=jupyter session=sim
BEGIN;
INSERT INTO analytics.revenue_daily (day, country, payments, net_revenue) SELECT day, 'ZZ', count(*), sum(amount) FROM adhoc.revenue_tmp GROUP BY day;
ROLLBACK;

--- ago=9 at=14:45 user=yuki tool=dbeaver
CREATE TABLE adhoc.coupon_sim AS
SELECT course_id, price_usd, round(price_usd * 0.8, 2) AS price_with_coupon, round(price_usd * 0.2, 2) AS given_away FROM analytics.dim_course WHERE status = 'published';

--- ago=6 at=09:25 user=jonas tool=dbeaver
CREATE TABLE archive.enrollments_bak AS SELECT * FROM raw_data.enrollments WHERE enrolled_at < '{today}';
