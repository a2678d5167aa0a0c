-- What people ask the warehouse. team: who asks (all, or teams); weight: how often. {day} {month} {country} {course} {n} are filled in anew each time.

--- team=finance weight=9
SELECT day, sum(net_revenue) AS net_revenue FROM analytics.revenue_daily WHERE day >= '{day}' GROUP BY day ORDER BY day;
--- team=finance,learning,marketing weight=5
SELECT country, sum(net_revenue) AS net_revenue FROM analytics.revenue_daily WHERE day BETWEEN '{day}' AND '{today}' GROUP BY country ORDER BY net_revenue DESC;
--- team=finance,learning,platform weight=3
SELECT substr(day, 1, 7) AS month, sum(gross_usd) AS gross, sum(refund_usd) AS refunds, sum(net_revenue) AS net FROM analytics.revenue_daily WHERE country = '{country}' GROUP BY substr(day, 1, 7);
--- team=finance weight=4
SELECT r.day, r.country, r.tax_usd, r.gross_usd FROM analytics.revenue_daily AS r WHERE r.day LIKE '{month}%' AND r.country IN ('{country}', 'US');
--- team=finance weight=4
SELECT booked_on, entry_kind, count(*), sum(net_revenue) FROM analytics.fct_revenue WHERE booked_on >= '{day}' GROUP BY booked_on, entry_kind;
--- team=finance,learning weight=3
SELECT c.title, sum(f.net_revenue) AS net_revenue FROM analytics.fct_revenue AS f JOIN analytics.dim_course AS c ON c.course_id = f.course_id WHERE f.booked_on >= '{day}' GROUP BY c.title ORDER BY net_revenue DESC LIMIT {n};
--- team=finance,learning weight=3
SELECT c.category, f.country, sum(f.gross_usd) - sum(f.refund_usd) AS gross_after_refunds FROM analytics.fct_revenue AS f JOIN analytics.dim_course AS c ON c.course_id = f.course_id WHERE f.booked_on BETWEEN '{day}' AND '{today}' GROUP BY c.category, f.country;
--- team=finance weight=2
SELECT month, refund_rate FROM analytics.refund_rate_monthly ORDER BY month DESC LIMIT {n};
--- team=finance weight=3
SELECT month, country, payments, net_revenue FROM analytics.revenue_monthly WHERE month >= '{month}';
--- team=finance,marketing weight=2
SELECT country, net_revenue, rank() OVER (ORDER BY net_revenue DESC) AS place FROM analytics.revenue_by_country;
--- team=finance weight=1
SELECT "월", "순매출_usd" FROM analytics."kr_월별매출" ORDER BY "월" DESC;
--- team=finance weight=2
SELECT month, instructor_name, share_usd FROM analytics.instructor_revenue_share WHERE month = '{month}' ORDER BY share_usd DESC LIMIT {n};
--- team=learning weight=2
SELECT i.country, sum(r.share_usd) FROM analytics.instructor_revenue_share AS r JOIN analytics.dim_instructor AS i ON i.instructor_id = r.instructor_id WHERE r.month >= '{month}' GROUP BY i.country;
--- team=learning weight=8
SELECT day, sum(active_students) AS active_students FROM analytics.active_students_daily WHERE day >= '{day}' GROUP BY day ORDER BY day;
--- team=all weight=2
SELECT country, active_students FROM analytics.active_students_daily WHERE day = '{day}' ORDER BY active_students DESC;
--- team=learning weight=3
SELECT month, active_students FROM analytics.active_students_monthly ORDER BY month DESC LIMIT {n};
--- team=learning weight=3
SELECT month, sum(active_instructors) FROM analytics.active_instructors_monthly WHERE month >= '{month}' GROUP BY month;
--- team=learning,marketing weight=2
SELECT country, active_instructors FROM analytics.active_instructors_monthly WHERE month = '{month}';
--- team=learning weight=5
SELECT c.title, c.category, f.enrolled, f.paid, f.started, f.completed FROM analytics.course_funnel AS f JOIN analytics.dim_course AS c USING (course_id) WHERE c.category = 'Programming' ORDER BY f.enrolled DESC LIMIT {n};
--- team=learning,marketing weight=4
SELECT e.channel, count(*) AS enrollments, sum(e.is_paid) AS paid FROM analytics.fct_enrollment AS e WHERE e.enrolled_on >= '{day}' GROUP BY e.channel;
--- team=all weight=3
SELECT c.category, count(*) AS enrollments FROM analytics.fct_enrollment AS e JOIN analytics.dim_course AS c ON c.course_id = e.course_id WHERE e.enrolled_on >= '{day}' GROUP BY c.category ORDER BY enrollments DESC;
--- team=learning weight=3
SELECT c.title, r.avg_stars, r.reviews FROM analytics.course_ratings AS r JOIN analytics.dim_course AS c ON c.course_id = r.course_id WHERE r.reviews > {n} ORDER BY r.avg_stars DESC;
--- team=learning weight=2
SELECT stars, count(*) FROM analytics.fct_review WHERE reviewed_on >= '{day}' GROUP BY stars;
--- team=learning weight=3
SELECT a.day, sum(a.minutes) / count(*) AS minutes_each FROM analytics.fct_learning_activity AS a WHERE a.day >= '{day}' GROUP BY a.day;
--- team=learning weight=2
SELECT s.country, avg(a.minutes) FROM analytics.fct_learning_activity AS a JOIN analytics.dim_student AS s ON s.student_id = a.student_id WHERE a.day >= '{day}' GROUP BY s.country;
--- team=learning weight=2 tool=jupyter
WITH first AS (SELECT student_id, min(enrolled_on) AS day FROM analytics.fct_enrollment GROUP BY student_id) SELECT substr(first.day, 1, 7) AS cohort, count(*) FROM first GROUP BY substr(first.day, 1, 7);
--- team=learning weight=2 tool=jupyter
SELECT churn_risk, count(*), avg(minutes_28d) FROM analytics.churn_features GROUP BY churn_risk;
--- team=learning weight=1 tool=jupyter
SELECT learner_key, days_since_active, courses, minutes_28d FROM analytics.churn_features WHERE churn_risk = 'high' AND courses > {n};
--- team=learning,marketing weight=2
SELECT country, language, count(*) FROM analytics.dim_student WHERE signed_up_on >= '{day}' AND is_staff = 0 GROUP BY country, language;
--- team=learning weight=3
SELECT course_id, title, price_usd, status FROM analytics.dim_course WHERE category = 'Data' AND price_usd > {n};
--- team=learning weight=2
SELECT full_name, country, courses FROM analytics.dim_instructor WHERE courses > {n} ORDER BY courses DESC;
--- team=marketing weight=6
SELECT month, channel, clicks, spend_usd, cost_per_enrollment FROM analytics.campaign_performance WHERE month >= '{month}' ORDER BY month, channel;
--- team=marketing weight=3
SELECT segment, country, count(*) FROM analytics.marketing_mailing_list GROUP BY segment, country;
--- team=marketing weight=2
SELECT email, first_name FROM analytics.marketing_mailing_list WHERE country = '{country}' AND segment = 'high';
--- team=marketing weight=2
SELECT campaign, count(*), sum(opened) FROM raw_data.email_sends WHERE sent_at >= '{day}' GROUP BY campaign;
--- team=marketing weight=2
SELECT day, campaign, spend_usd FROM raw_data.ad_spend WHERE day >= '{day}' AND country = '{country}';
--- team=safety weight=6
SELECT status, count(*), avg(hours_to_answer) FROM analytics.fct_support_ticket WHERE opened_on >= '{day}' GROUP BY status;
--- team=safety weight=3
SELECT ticket_id, subject, status FROM analytics.fct_support_ticket WHERE status = 'open' AND opened_on < '{day}';
--- team=safety weight=3
SELECT s.student_id, s.courses, s.tickets, s.last_active_on FROM analytics.student_360 AS s WHERE s.tickets > {n};
--- team=safety weight=2
SELECT json_extract(profile, '$.country') AS country, count(*) FROM analytics.student_360 GROUP BY json_extract(profile, '$.country');
--- team=safety weight=2
SELECT ip_address, count(DISTINCT student_id) AS students FROM raw_data.logins WHERE logged_in_at >= '{day}' GROUP BY ip_address HAVING count(DISTINCT student_id) > {n};
--- team=safety,finance weight=2
SELECT reason, count(*), sum(refund_usd) FROM analytics.stg_refunds WHERE refunded_on >= '{day}' GROUP BY reason;
--- team=platform weight=3
SELECT max(paid_at) FROM raw_data.payments;
--- team=platform weight=2
SELECT count(*) FROM raw_data.enrollments WHERE enrolled_at >= '{day}';
--- team=platform weight=2
SELECT p.payment_id FROM raw_data.payments AS p LEFT JOIN analytics.stg_payments AS s ON s.payment_id = p.payment_id WHERE s.payment_id IS NULL AND p.status = 'paid';
--- team=platform weight=2
SELECT r.day, r.net_revenue, f.net FROM analytics.revenue_daily AS r JOIN (SELECT booked_on, country, sum(net_revenue) AS net FROM analytics.fct_revenue GROUP BY booked_on, country) AS f ON f.booked_on = r.day AND f.country = r.country WHERE r.day >= '{day}' AND abs(r.net_revenue - f.net) > 0.01;
--- team=platform weight=2
SELECT currency, max(day), avg(usd_rate) FROM raw_data.fx_rates WHERE day >= '{day}' GROUP BY currency;
--- team=platform,finance weight=2
SELECT day, tool, dashboard, viewers FROM analytics.dashboard_usage_daily WHERE day >= '{day}' ORDER BY viewers DESC LIMIT {n};
--- team=platform weight=1
SELECT s.student_id, s.country FROM raw_data.students AS s EXCEPT SELECT d.student_id, d.country FROM analytics.dim_student AS d;
--- user=otto weight=3
SELECT day, country, orders, revenue FROM analytics.revenue_daily_v1 WHERE day >= '{day}';
--- user=mateo weight=2
SELECT country, sum(revenue) FROM analytics.revenue_daily_v1 WHERE day LIKE '{month}%' GROUP BY country;
--- user=grace weight=1
SELECT sum(net_revenue) FROM archive.revenue_daily_old WHERE day LIKE '{month}%';
--- user=yuki weight=1
SELECT country, sum(amount) FROM adhoc.revenue_tmp WHERE status = 'paid' AND day >= '{day}' GROUP BY country;
--- user=bram weight=1 tool=jupyter
SELECT churned, avg(minutes_28d) FROM adhoc.churn_try2 GROUP BY churned;
--- user=kim weight=1 tool=redash
SELECT ctry, count(*) FROM adhoc.kim_signup_export GROUP BY ctry;
--- user=lucia weight=2 tool=jupyter
SELECT cohort_month, active_month, students FROM adhoc.cohort_retention WHERE cohort_month >= '{month}';
--- user=mina weight=1
SELECT reason, sum(refund_usd) FROM adhoc.refund_check_mina GROUP BY reason;
--- user=carlos weight=1
SELECT campaign, count(*) FROM archive.newsletter_2025 GROUP BY campaign;
